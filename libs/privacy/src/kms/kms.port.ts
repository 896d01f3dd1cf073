import { OperationalError, UnexpectedError } from '@libs/kernel';

/** One key to be wrapped; `aad` says whose it is. */
export interface KeyToWrap {
  readonly plaintext: Buffer;
  readonly aad: string;
}

/** One wrapped key to be opened; several versions may be in one call. */
export interface KeyToUnwrap {
  readonly version: number;
  readonly bytes: Buffer;
  readonly aad: string;
}

/**
 * Holds the tenants' key-encryption keys (KEK). Their material never leaves it. Versions of a tenant are numbers that
 * only grow. Calls are plural, because one list read may need hundreds of keys and a KMS is a network away.
 */
export interface KmsPort {
  /** Newest version, 0 for a tenant that has none. */
  currentVersion(tenantId: string): Promise<number>;
  /** Wraps under exactly this version; `privacy.kek-gone` when it is destroyed. */
  wrap(tenantId: string, version: number, keys: readonly KeyToWrap[]): Promise<readonly Buffer[]>;
  /** Opens in order; one failure fails the call: `privacy.kek-gone`, or `privacy.ciphertext-invalid`. */
  unwrap(tenantId: string, keys: readonly KeyToUnwrap[]): Promise<readonly Buffer[]>;
  /** Makes a new version (the first one too) and returns its number. */
  rotate(tenantId: string): Promise<number>;
  /** Destroys every version below, at once and for good. Idempotent. */
  destroyBelow(tenantId: string, version: number): Promise<void>;
  /** Ends a tenant: destroys all versions. Idempotent. */
  destroyTenant(tenantId: string): Promise<void>;
}

/** Code of `kekGone`, for callers that try again with the version in force. */
const KEK_GONE = 'privacy.kek-gone';

/** This version of a KEK is destroyed or was never made. */
export function kekGone(): UnexpectedError {
  return new UnexpectedError(KEK_GONE, 'That version of the tenant key does not exist (any more).');
}

/** True when an error says that a KEK version is gone. */
export function isKekGone(error: unknown): boolean {
  return error instanceof UnexpectedError && error.code === KEK_GONE;
}

/** The KMS cannot be reached or is sealed: nothing personal can be read or written until it is back. */
export function kmsUnavailable(cause: unknown): OperationalError {
  return new OperationalError('privacy.kms-unavailable', 'The key management service does not answer.', { cause });
}
