import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@libs/kernel';
import { newKey } from '@libs/privacy-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KmsPort } from './kms.port.js';
import { RootKeyFileKms } from './root-key-file.kms.js';
import { type Counterpart, startVaultCounterpart } from './testing/vault-counterpart.js';
import { VaultTransitKms } from './vault-transit.kms.js';

const GONE = { code: 'privacy.kek-gone' };
const TOKEN = 'token-of-a-test';

/** An adapter that can be opened again as after a restart. */
interface Place {
  open(): Promise<KmsPort>;
  end(): Promise<void>;
}

function rootKeyFile(folder: string): Place {
  return { open: async () => new RootKeyFileKms(join(folder, 'root.key')), end: async () => undefined };
}

function vault(folder: string): Place {
  let running: Counterpart | undefined;
  return {
    open: async () => {
      await running?.close();
      running = await startVaultCounterpart({ file: join(folder, 'vault.json'), token: TOKEN });
      return new VaultTransitKms({ url: running.url, token: TOKEN });
    },
    end: async () => running?.close(),
  };
}

describe.each([
  ['root key file', rootKeyFile],
  ['Vault transit', vault],
])('KMS: %s', (_name, make) => {
  let folder: string;
  let place: Place;
  const tenant = newId();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'custodia-kms-'));
    place = make(folder);
  });
  afterEach(async () => {
    await place.end();
    rmSync(folder, { recursive: true, force: true });
  });

  it('P-1002 wraps and opens, also after a restart, bound to the associated data', async () => {
    const kms = await place.open();
    expect(await kms.currentVersion(tenant)).toBe(0);
    expect(await kms.rotate(tenant)).toBe(1);
    const plaintext = newKey();
    const [bytes] = await kms.wrap(tenant, 1, [{ plaintext, aad: 'place' }]);
    const restarted = await place.open();
    expect(await restarted.unwrap(tenant, [{ version: 1, bytes: bytes!, aad: 'place' }])).toEqual([plaintext]);
    const elsewhere = restarted.unwrap(tenant, [{ version: 1, bytes: bytes!, aad: 'other' }]);
    await expect(elsewhere).rejects.toMatchObject({ code: 'privacy.ciphertext-invalid' });
  });

  it('P-1002 destroys old versions at once, keeps counting, and survives a repetition', async () => {
    const kms = await place.open();
    await kms.rotate(tenant);
    const [bytes] = await kms.wrap(tenant, 1, [{ plaintext: newKey(), aad: 'a' }]);
    expect(await kms.rotate(tenant)).toBe(2);
    await kms.destroyBelow(tenant, 2);
    await kms.destroyBelow(tenant, 2);
    const restarted = await place.open();
    for (const opened of [kms, restarted].slice(-1)) {
      await expect(opened.unwrap(tenant, [{ version: 1, bytes: bytes!, aad: 'a' }])).rejects.toMatchObject(GONE);
      await expect(opened.wrap(tenant, 1, [{ plaintext: newKey(), aad: 'a' }])).rejects.toMatchObject(GONE);
      await expect(opened.wrap(tenant, 3, [{ plaintext: newKey(), aad: 'a' }])).rejects.toMatchObject(GONE);
    }
    expect(await restarted.rotate(tenant)).toBe(3);
  });

  it('ends a tenant and leaves the others', async () => {
    const kms = await place.open();
    const other = newId();
    for (const id of [tenant, other]) await kms.rotate(id);
    const key = { plaintext: newKey(), aad: 'a' };
    const [lost] = await kms.wrap(tenant, 1, [key]);
    const [kept] = await kms.wrap(other, 1, [key]);
    await kms.destroyTenant(tenant);
    await kms.destroyTenant(tenant);
    await expect(kms.unwrap(tenant, [{ version: 1, bytes: lost!, aad: 'a' }])).rejects.toThrow();
    expect(await kms.unwrap(other, [{ version: 1, bytes: kept!, aad: 'a' }])).toEqual([key.plaintext]);
  });
});

describe('the root key file', () => {
  it('P-1002 is private, overwritten when it changes, and refused when exposed or damaged', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'custodia-kms-'));
    try {
      const path = join(folder, 'root.key');
      const kms = new RootKeyFileKms(path);
      await kms.rotate('t');
      expect(statSync(path).mode & 0o777).toBe(0o600);
      chmodSync(path, 0o644);
      expect(() => new RootKeyFileKms(path)).toThrow(expect.objectContaining({ code: 'privacy.root-key-exposed' }));
      chmodSync(path, 0o600);
      writeFileSync(path, readFileSync(path, 'utf8').slice(0, 20));
      await expect(kms.currentVersion('t')).rejects.toMatchObject({ code: 'privacy.root-key-damaged' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('Vault transit', () => {
  it('P-1002 says that nobody answers, and that a token is wrong, with different codes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'custodia-kms-'));
    const running = await startVaultCounterpart({ file: join(folder, 'vault.json'), token: TOKEN });
    const stranger = new VaultTransitKms({ url: running.url, token: 'wrong' });
    await expect(stranger.rotate('t')).rejects.toMatchObject({ code: 'privacy.kms-refused' });
    await running.close();
    await expect(stranger.rotate('t')).rejects.toMatchObject({ code: 'privacy.kms-unavailable' });
    rmSync(folder, { recursive: true, force: true });
  });
});
