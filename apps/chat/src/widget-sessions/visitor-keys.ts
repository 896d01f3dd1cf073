/** Keys of the tenant that the visitor's door needs; from the key service. */
export interface TenantKeys {
  /** A key of the tenant by name, made on first use, cached. */
  tenantKey(tenantId: string, name: string): Promise<Buffer>;
}

/** Makes a person's keys before any row names the person (design 5, order). */
export interface SubjectKeys extends TenantKeys {
  createSubject(tenantId: string, subjectId: string, groups: readonly 'content'[]): Promise<void>;
}

export const SUBJECT_KEYS = Symbol('SubjectKeys');

/** One key per kind of token: a pass is never a slip. */
export const TOKEN_KEYS = {
  pass: 'embed-pass:1',
  slip: 'consent-slip:1',
  visitor: 'visitor-token:1',
  visitorIndex: 'index:chat_visitor_token.token_index:1',
} as const;
