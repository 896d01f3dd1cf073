import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId, systemClock } from '@libs/kernel';
import {
  deriveFieldKey,
  fieldAad,
  KEY_GROUPS,
  openValue,
  sealValue,
  unwrapGroupKey,
  unwrapKey,
} from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SubjectDestruction } from '../destruction/subject-destruction.js';
import type { GroupKeyRow, SubjectKeyRow } from '../key-store/key-store.port.js';
import { type FreshColumn, freshColumn } from '../testing/columns.js';
import { type KeyColumn, type OpenColumn, openColumn } from '../testing/key-column.js';
import { groupKeyAad, subjectKeyAad } from './aad.js';
import { KekRotation } from './kek-rotation.js';
import { KeyService } from './key.service.js';
import '../testing/declared-fields.js';

const PEOPLE = 100;

/** Every KEK that lies readable in the file of the KMS, of any tenant and version. */
function keksOnDisk(column: KeyColumn): readonly Buffer[] {
  const file = join(column.folder, column.kind === 'embedded' ? 'root.key' : 'vault.json');
  const base64 = /"([A-Za-z0-9+/]{43}=)"/g;
  return [...readFileSync(file, 'utf8').matchAll(base64)].map(([, key]) => Buffer.from(key!, 'base64'));
}

/** What an attacker wraps off: the bytes as AES-GCM wants them, whatever the KMS writes around them. */
function wrappedBytes(column: KeyColumn, wrapped: Buffer): Buffer {
  return column.kind === 'embedded' ? wrapped : Buffer.from(wrapped.toString('utf8').split(':')[2]!, 'base64');
}

function opens(kek: Buffer, aad: string, wrapped: Buffer): Buffer | undefined {
  try {
    return unwrapKey(kek, aad, wrapped);
  } catch {
    return undefined;
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describeColumns('destroyed keys on $column', (column) => {
  let fresh: FreshColumn;
  let ports: OpenColumn;
  const tenant = newId();

  beforeEach(async () => {
    fresh = await freshColumn(column);
    ports = await openColumn(fresh.column);
  });

  afterEach(async () => {
    await ports.store.close();
    await fresh.dispose();
  });

  it('cannot be opened after the rotation, with copies of their bytes and all that survives', async () => {
    const keys = new KeyService(ports.kms, ports.store, systemClock);
    const ids = Array.from({ length: PEOPLE + 20 }, () => newId());
    await keys.createSubjects(
      tenant,
      ids.map((subjectId) => ({ subjectId, groups: ['content'] })),
    );
    const aadOf = (id: string) => fieldAad(tenant, id, 'chat_message', 'body', '1');
    const sealed = ids.map((id) =>
      sealValue(
        keys.fieldKey(tenant, id, 'content', 'chat_message.body', 'support-conversation')!.bytes,
        aadOf(id),
        'marker',
      ),
    );
    const stolen = await ports.store.readSubjects(tenant, ids, KEY_GROUPS);
    const groupOf = new Map(stolen.groups.map((row: GroupKeyRow) => [row.subjectId, row]));
    const oldKeks = keksOnDisk(fresh.column);

    /** Opens a message with a KEK and stolen rows, the way down the whole ladder. */
    const climb = (kek: Buffer, { subjectId, wrapped }: SubjectKeyRow): string | undefined => {
      const subjectKey = opens(kek, subjectKeyAad(tenant, subjectId), wrappedBytes(fresh.column, wrapped!));
      if (!subjectKey) return undefined;
      const groupKey = unwrapGroupKey(
        subjectKey,
        groupKeyAad(tenant, subjectId, 'content'),
        groupOf.get(subjectId)!.wrapped,
      );
      const key = deriveFieldKey(groupKey, 'chat_message.body');
      return openValue(key, aadOf(subjectId), sealed[ids.indexOf(subjectId)]!).toString();
    };
    // The thief could have read every message before: this is what makes the rest of the test worth something.
    const readable = (keks: readonly Buffer[], rows: readonly SubjectKeyRow[]) =>
      rows.filter((row) => keks.some((kek) => climb(kek, row) === 'marker')).length;
    expect(readable(oldKeks, stolen.subjects)).toBe(ids.length);

    const destruction = new SubjectDestruction(keys, ports.store, systemClock, ports);
    for (const id of ids.slice(0, PEOPLE)) await destruction.destroySubject(tenant, id);
    await new KekRotation(ports.kms, ports.store, systemClock, { copies: ports.copies }).rotateTenantKek(tenant);

    const destroyed = stolen.subjects.filter(({ subjectId }) => ids.indexOf(subjectId) < PEOPLE);
    expect(destroyed).toHaveLength(PEOPLE);
    expect(readable(keksOnDisk(fresh.column), stolen.subjects)).toBe(0);
    for (const { subjectId, kekVersion, wrapped } of destroyed) {
      const key = { version: kekVersion, bytes: wrapped!, aad: subjectKeyAad(tenant, subjectId) };
      await expect(ports.kms.unwrap(tenant, [key])).rejects.toMatchObject({ code: 'privacy.kek-gone' });
    }
    // No file that is left (key store with its log, its copies, ledger, key file) holds the old KEK in any form.
    for (const file of filesBelow(fresh.column.folder)) {
      const bytes = readFileSync(file);
      for (const kek of oldKeks) {
        for (const form of [kek, kek.toString('base64'), kek.toString('base64url'), kek.toString('hex')]) {
          expect(bytes.includes(form), file).toBe(false);
        }
      }
    }
    // The survivors read on.
    const survivors = ids.slice(PEOPLE);
    keys.clear();
    await keys.keysFor(
      tenant,
      survivors.map((subjectId) => ({ subjectId, group: 'content' })),
    );
    for (const id of survivors) {
      const key = keys.fieldKey(tenant, id, 'content', 'chat_message.body', 'support-conversation')!.bytes;
      expect(openValue(key, aadOf(id), sealed[ids.indexOf(id)]!).toString()).toBe('marker');
    }
  });

  it('P-1002 fail when wrapped rows are swapped between people, groups and tenants', async () => {
    const keys = new KeyService(ports.kms, ports.store, systemClock);
    const [one, two] = [newId(), newId()];
    await keys.createSubjects(
      tenant,
      [one, two].map((subjectId) => ({ subjectId, groups: ['content', 'contact'] })),
    );
    const { subjects } = await ports.store.readSubjects(tenant, [one], []);
    const { kekVersion: version, wrapped } = subjects[0]!;
    const invalid = { code: 'privacy.ciphertext-invalid' };
    const open = (owner: string, aad: string) => ports.kms.unwrap(owner, [{ version, bytes: wrapped!, aad }]);
    expect(await open(tenant, subjectKeyAad(tenant, one))).toHaveLength(1);
    await expect(open(tenant, subjectKeyAad(tenant, two))).rejects.toMatchObject(invalid);
    const stranger = newId();
    await keys.createSubject(stranger, newId(), []);
    await expect(open(stranger, subjectKeyAad(tenant, one))).rejects.toMatchObject(invalid);
  });
});
