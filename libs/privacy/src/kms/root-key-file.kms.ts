import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { OperationalError } from '@libs/kernel';
import { newKey, unwrapKey, wrapKey } from '@libs/privacy-core';
import { makePrivateFolder, replaceAndOverwrite } from '../durable/durable-file.js';
import { withExclusiveLock } from '../durable/exclusive-lock.js';
import type { KeyToUnwrap, KeyToWrap, KmsPort } from './kms.port.js';
import { kekGone } from './kms.port.js';

interface TenantKeks {
  /** Also counts versions that are gone, so that a number is never used twice. */
  readonly newest: number;
  /** Version to key in base64. */
  readonly keys: Readonly<Record<string, string>>;
}

interface RootKeyFile {
  readonly format: 1;
  readonly tenants: Readonly<Record<string, TenantKeks>>;
}

const EMPTY: RootKeyFile = { format: 1, tenants: {} };

/**
 * The KMS of the embedded product: all KEKs in one file, 0600, replaced as a whole. Destroying a version writes the
 * file without it. Who holds this file holds every key: it belongs into no backup of the data.
 */
export class RootKeyFileKms implements KmsPort {
  private content: RootKeyFile = EMPTY;
  private stamp = '';

  constructor(private readonly path: string) {
    makePrivateFolder(dirname(path));
    if (existsSync(path) && (statSync(path).mode & 0o077) !== 0) {
      throw new OperationalError(
        'privacy.root-key-exposed',
        `${path} can be read by other users of this machine: chmod 600 it and consider its keys known.`,
      );
    }
  }

  async currentVersion(tenantId: string): Promise<number> {
    return this.read().tenants[tenantId]?.newest ?? 0;
  }

  async wrap(tenantId: string, version: number, keys: readonly KeyToWrap[]): Promise<readonly Buffer[]> {
    const kek = this.keksOf(tenantId)(version);
    return keys.map(({ plaintext, aad }) => wrapKey(kek, aad, plaintext));
  }

  async unwrap(tenantId: string, keys: readonly KeyToUnwrap[]): Promise<readonly Buffer[]> {
    const kekOf = this.keksOf(tenantId);
    return keys.map(({ version, bytes, aad }) => unwrapKey(kekOf(version), aad, bytes));
  }

  async rotate(tenantId: string): Promise<number> {
    return this.change((content) => {
      const old = content.tenants[tenantId] ?? { newest: 0, keys: {} };
      const newest = old.newest + 1;
      const keys = { ...old.keys, [newest]: newKey().toString('base64') };
      return [{ ...content, tenants: { ...content.tenants, [tenantId]: { newest, keys } } }, newest];
    });
  }

  async destroyBelow(tenantId: string, version: number): Promise<void> {
    this.change((content) => {
      const old = content.tenants[tenantId];
      const keys = Object.fromEntries(Object.entries(old?.keys ?? {}).filter(([number]) => Number(number) >= version));
      const tenant = { newest: old?.newest ?? 0, keys };
      return [{ ...content, tenants: { ...content.tenants, [tenantId]: tenant } }, undefined];
    });
  }

  async destroyTenant(tenantId: string): Promise<void> {
    await this.destroyBelow(tenantId, Number.POSITIVE_INFINITY);
  }

  /** The KEKs of a tenant by version, as the file says now: one look at it for all keys of a call. */
  private keksOf(tenantId: string): (version: number) => Buffer {
    const keks = this.read().tenants[tenantId]?.keys;
    const opened = new Map<number, Buffer>();
    return (version) => {
      const known = opened.get(version);
      if (known) return known;
      const text = keks?.[version];
      if (text === undefined) throw kekGone();
      const kek = Buffer.from(text, 'base64');
      opened.set(version, kek);
      return kek;
    };
  }

  private change<T>(edit: (content: RootKeyFile) => readonly [RootKeyFile, T]): T {
    return withExclusiveLock(`${this.path}.lock`, () => {
      this.stamp = '';
      const [content, result] = edit(this.read());
      replaceAndOverwrite(this.path, JSON.stringify(content));
      this.stamp = '';
      return result;
    });
  }

  /** Reads again whenever the file is another one: a destroyed key must not live on in this process. */
  private read(): RootKeyFile {
    const found = statSync(this.path, { throwIfNoEntry: false, bigint: true });
    if (found === undefined) {
      this.content = EMPTY;
      return EMPTY;
    }
    const stamp = `${found.ino}:${found.mtimeNs}:${found.size}`;
    if (stamp !== this.stamp) {
      this.content = this.parse();
      this.stamp = stamp;
    }
    return this.content;
  }

  private parse(): RootKeyFile {
    // A reader that opened the file just before it was replaced may find it overwritten: the second look is whole.
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        const parsed = JSON.parse(readFileSync(this.path, 'utf8')) as RootKeyFile;
        if (parsed.format === 1) return parsed;
      } catch {
        // Looked at again below.
      }
    }
    throw new OperationalError('privacy.root-key-damaged', `${this.path} is damaged: restore it from its own backup.`);
  }
}
