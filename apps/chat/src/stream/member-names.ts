/** Service nicknames of members; bound to libs/auth. */
export interface MemberNames {
  nameOf(tenantId: string, memberIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The name if it is in memory. */
  peek(tenantId: string, memberId: string): string | null;
}

export const MEMBER_NAMES = Symbol('MemberNames');
