import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEY_GROUPS } from '@libs/privacy-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteKeyStore } from './sqlite-key-store.js';

describe('the key store file', () => {
  let folder: string;
  let store: SqliteKeyStore;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'custodia-store-'));
    store = new SqliteKeyStore(join(folder, 'keys', 'keystore.db'));
    await store.open();
    await store.startKek('t', 1, 0);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('P-1002 can be entered by its owner only, its log too', () => {
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700);
    for (const name of ['keystore.db', 'keystore.db-wal', 'keystore.db-shm']) {
      expect(statSync(join(folder, 'keys', name)).mode & 0o777).toBe(0o600);
    }
  });

  it('accepts no key under another version than the one in force, either way', async () => {
    const subject = { subjectId: 's', wrapped: Buffer.from('w'), groups: [] };
    const key = { name: 'slip', wrapped: Buffer.from('w') };
    for (const version of [0, 2]) {
      expect(await store.addSubjects('t', version, [subject], 1)).toBe('stale-kek');
      expect(await store.addTenantKey('t', version, key, 1)).toBe('stale-kek');
      expect(await store.replaceWrapped('t', version, [])).toBe('stale-kek');
    }
    expect(await store.addSubjects('nobody', 1, [subject], 1)).toBe('stale-kek');
    expect(await store.addSubjects('t', 1, [subject], 1)).toEqual(new Set(['s']));
    expect(await store.addSubjects('t', 1, [subject], 1)).toEqual(new Set());
  });

  it('does not bring a destroyed key back when it was being rewrapped', async () => {
    const wrapped = Buffer.from('old');
    await store.addSubjects('t', 1, [{ subjectId: 's', wrapped, groups: [{ group: 'content', wrapped }] }], 1);
    await store.moveKek('t', { version: 1, phase: 'steady', since: 0 }, { version: 2, phase: 'rewrapping', since: 2 });
    const rows = await store.staleRows('t', 2, 10);
    await store.destroySubject('t', 's', 3);
    await store.replaceWrapped(
      't',
      2,
      rows.map((old) => ({ old, wrapped: Buffer.from('new') })),
    );
    await store.addGroups('t', [{ subjectId: 's', group: 'contact', wrapped }], 4);
    const { subjects, groups } = await store.readSubjects('t', ['s'], KEY_GROUPS);
    expect(subjects).toEqual([{ subjectId: 's', state: 'destroyed', kekVersion: 1, wrapped: null }]);
    expect(groups).toEqual([]);
  });

  it('notices a damaged copy', async () => {
    const wrapped = Buffer.alloc(64, 7);
    const subjects = Array.from({ length: 300 }, (_, at) => ({ subjectId: `s${at}`, wrapped, groups: [] }));
    await store.addSubjects('t', 1, subjects, 1);
    const path = await store.copyInto(join(folder, 'copies'), 'keystore-1-a');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await store.inspectCopy(path, 't', 1)).toMatchObject({ live: 300, stale: 0 });
    expect(await store.inspectCopy(path, 't', 2)).toMatchObject({ stale: 1 });
    const bytes = readFileSync(path);
    bytes.fill(0xff, 4096, 12_288);
    writeFileSync(path, bytes);
    await expect(store.inspectCopy(path, 't', 1)).rejects.toThrow();
  });
});
