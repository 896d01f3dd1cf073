import { UnexpectedError } from '@libs/kernel';
import { invalidCiphertext } from '@libs/privacy-core';
import type { KeyToUnwrap, KeyToWrap, KmsPort } from './kms.port.js';
import { kekGone, kmsUnavailable } from './kms.port.js';

const TIMEOUT_MS = 5_000;
/** What Vault says of a version below `min_decryption_version`, and of one that is trimmed or not made yet. */
const GONE =
  /too old|disallowed by policy|higher than the latest|less than the minimum|no key version|invalid key version/i;

/** Where Vault (or OpenBao) listens and what may be asked of it. */
export interface VaultTransitOptions {
  readonly url: string;
  /** A token whose policy covers the mount's keys, encrypt, decrypt, config and trim paths. */
  readonly token: string;
  /** Path of the transit engine. */
  readonly mount?: string;
  /** Prefix of key names, when several products share an engine. */
  readonly prefix?: string;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly string[];
}

interface BatchResult {
  readonly ciphertext?: string;
  readonly plaintext?: string;
  readonly error?: string;
}

/**
 * KEKs in the transit engine of HashiCorp Vault: one key per tenant, AES-256-GCM inside Vault. Old versions are
 * destroyed at once by raising `min_decryption_version` and trimming; there is no waiting period.
 */
export class VaultTransitKms implements KmsPort {
  private readonly base: string;
  private readonly prefix: string;

  constructor(private readonly options: VaultTransitOptions) {
    this.base = `${options.url.replace(/\/+$/, '')}/v1/${options.mount ?? 'transit'}`;
    this.prefix = options.prefix ?? 'custodia-';
  }

  async currentVersion(tenantId: string): Promise<number> {
    const data = await this.call('GET', this.path('keys', tenantId), undefined, true);
    return Number(data?.latest_version ?? 0);
  }

  async wrap(tenantId: string, version: number, keys: readonly KeyToWrap[]): Promise<readonly Buffer[]> {
    if (keys.length === 0) return [];
    const batch_input = keys.map(({ plaintext, aad }) => ({
      plaintext: plaintext.toString('base64'),
      associated_data: Buffer.from(aad, 'utf8').toString('base64'),
      key_version: version,
    }));
    const results = await this.batch('encrypt', tenantId, { batch_input });
    return results.map(({ ciphertext }) => {
      if (!ciphertext?.startsWith(`vault:v${version}:`)) throw refused('an answer under another version');
      return Buffer.from(ciphertext, 'utf8');
    });
  }

  async unwrap(tenantId: string, keys: readonly KeyToUnwrap[]): Promise<readonly Buffer[]> {
    if (keys.length === 0) return [];
    const batch_input = keys.map(({ version, bytes, aad }) => {
      const ciphertext = bytes.toString('utf8');
      // The version lies in the text as well; a row that says otherwise was tampered with.
      if (!ciphertext.startsWith(`vault:v${version}:`)) throw invalidCiphertext();
      return { ciphertext, associated_data: Buffer.from(aad, 'utf8').toString('base64') };
    });
    const results = await this.batch('decrypt', tenantId, { batch_input });
    return results.map(({ plaintext }) => Buffer.from(plaintext ?? '', 'base64'));
  }

  async rotate(tenantId: string): Promise<number> {
    // Creating a key that exists changes nothing and answers like a new one, so the versions are asked for before.
    if ((await this.currentVersion(tenantId)) === 0) {
      await this.call('POST', this.path('keys', tenantId), { type: 'aes256-gcm96', exportable: false });
    } else await this.call('POST', `${this.path('keys', tenantId)}/rotate`, {});
    return this.currentVersion(tenantId);
  }

  async destroyBelow(tenantId: string, version: number): Promise<void> {
    const key = this.path('keys', tenantId);
    const data = await this.call('GET', key, undefined, true);
    if (data === undefined || Number(data.min_available_version ?? 0) >= version) return;
    await this.call('POST', `${key}/config`, { min_decryption_version: version, min_encryption_version: version });
    await this.call('POST', `${key}/trim`, { min_available_version: version });
  }

  async destroyTenant(tenantId: string): Promise<void> {
    const key = this.path('keys', tenantId);
    if ((await this.call('GET', key, undefined, true)) === undefined) return;
    await this.call('POST', `${key}/config`, { deletion_allowed: true });
    await this.call('DELETE', key);
  }

  private path(kind: 'keys' | 'encrypt' | 'decrypt', tenantId: string): string {
    return `${this.base}/${kind}/${encodeURIComponent(this.prefix + tenantId)}`;
  }

  private async batch(kind: 'encrypt' | 'decrypt', tenantId: string, body: object): Promise<readonly BatchResult[]> {
    const data = await this.call('POST', this.path(kind, tenantId), body);
    const results = data?.batch_results as readonly BatchResult[] | undefined;
    if (!results) throw refused('no batch_results');
    const failed = results.find(({ error }) => error);
    if (failed?.error) throw failureOf([failed.error]);
    return results;
  }

  private async call(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    body?: object,
    absentIsFine = false,
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { status, answer } = await this.send(method, url, body);
    if (status === 404 && absentIsFine) return undefined;
    if (status === 404 || (status === 400 && !answer.data?.batch_results)) throw failureOf(answer.errors ?? []);
    if (status >= 500 || status === 429) throw kmsUnavailable(`HTTP ${status}`);
    if (status >= 400 && status !== 400) throw refused(`HTTP ${status}`);
    return answer.data ?? {};
  }

  private async send(method: string, url: string, body?: object): Promise<{ status: number; answer: Answer }> {
    try {
      const response = await fetch(url, {
        method,
        headers: { 'X-Vault-Token': this.options.token, 'Content-Type': 'application/json' },
        body: body && JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      return { status: response.status, answer: text === '' ? {} : (JSON.parse(text) as Answer) };
    } catch (cause) {
      throw kmsUnavailable(cause);
    }
  }
}

function failureOf(errors: readonly string[]): Error {
  const message = errors.join('; ');
  if (GONE.test(message)) return kekGone();
  if (/message authentication failed|invalid ciphertext|cipher:/i.test(message)) return invalidCiphertext(message);
  return refused(message || 'not found');
}

function refused(reason: string): UnexpectedError {
  return new UnexpectedError('privacy.kms-refused', `The key management service refused: ${reason}.`);
}
