import { ManualClock, newId } from '@libs/kernel';
import { fieldAad, openValue, sealValue } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OrphanSweep } from '../destruction/orphan-sweep.js';
import { SubjectDestruction } from '../destruction/subject-destruction.js';
import type { KeyStore } from '../key-store/key-store.port.js';
import { type FreshColumn, freshColumn } from '../testing/columns.js';
import { mainDatabase, type OpenColumn, openColumn, writeRow } from '../testing/key-column.js';
import { KekRotation } from './kek-rotation.js';
import { KeyService } from './key.service.js';
import '../testing/declared-fields.js';

const ERASED = expect.objectContaining({ code: 'privacy.subject-erased', status: 410 });
const PLACE = 'chat_message.body';
const DAY = 24 * 3_600_000;

describeColumns('keys on $column', (column) => {
  let fresh: FreshColumn;
  let ports: OpenColumn;
  let other: OpenColumn;
  let keys: KeyService;
  let elsewhere: KeyService;
  const clock = new ManualClock();
  const tenant = newId();

  beforeEach(async () => {
    fresh = await freshColumn(column);
    ports = await openColumn(fresh.column, clock);
    other = await openColumn(fresh.column, clock);
    keys = new KeyService(ports.kms, ports.store, clock);
    elsewhere = new KeyService(other.kms, other.store, clock);
  });

  afterEach(async () => {
    await ports.store.close();
    await other.store.close();
    await fresh.dispose();
  });

  const rotation = () => new KekRotation(ports.kms, ports.store, clock, { copies: ports.copies });
  const destruction = () => new SubjectDestruction(keys, ports.store, clock, ports);

  it('P-1002 gives the same field key in every process, and another one for every place', async () => {
    const [one, two] = [newId(), newId()];
    await keys.createSubject(tenant, one, ['content']);
    await keys.createSubject(tenant, two, ['content']);
    const key = Buffer.from(keys.fieldKey(tenant, one, 'content', PLACE, 'support-conversation')!.bytes);
    expect(keys.fieldKey(tenant, two, 'content', PLACE, 'support-conversation')?.bytes).not.toEqual(key);
    expect(keys.fieldKey(tenant, one, 'content', 'chat_change.body', 'support-conversation')?.bytes).not.toEqual(key);
    expect(elsewhere.fieldKey(tenant, one, 'content', PLACE, 'support-conversation')?.bytes).toBeUndefined();
    await elsewhere.keysFor(tenant, [{ subjectId: one, group: 'content' }]);
    expect(elsewhere.fieldKey(tenant, one, 'content', PLACE, 'support-conversation')?.bytes).toEqual(key);
  });

  it('P-1002 makes a group on first use, once, even when two processes ask together', async () => {
    const subjectId = newId();
    await keys.createSubject(tenant, subjectId, []);
    const requests = [{ subjectId, group: 'contact' as const }];
    await Promise.all([keys.keysFor(tenant, requests), elsewhere.keysFor(tenant, requests)]);
    const key = keys.fieldKey(tenant, subjectId, 'contact', PLACE, 'support-conversation')?.bytes;
    expect(key).toHaveLength(32);
    expect(elsewhere.fieldKey(tenant, subjectId, 'contact', PLACE, 'support-conversation')?.bytes).toEqual(key);
  });

  it('P-1002 opens the groups that are asked for and no others; another one later keeps the first', async () => {
    const subjectId = newId();
    await keys.createSubject(tenant, subjectId, ['contact', 'content']);
    const keyOf = (group: 'contact' | 'content') =>
      elsewhere.fieldKey(tenant, subjectId, group, PLACE, 'support-conversation')?.bytes.toString('hex');
    await elsewhere.keysFor(tenant, [{ subjectId, group: 'contact' }]);
    const contact = keyOf('contact');
    expect([contact?.length, keyOf('content')]).toEqual([64, undefined]);
    await elsewhere.keysFor(tenant, [{ subjectId, group: 'content' }]);
    const content = keyOf('content');
    expect([content?.length, keyOf('contact')]).toEqual([64, contact]);
    expect(content).not.toBe(contact);
  });

  it('P-1002 fetches 300 people in one call and names those without a key', async () => {
    const ids = Array.from({ length: 300 }, () => newId());
    await keys.createSubjects(
      tenant,
      ids.map((subjectId) => ({ subjectId, groups: ['content'] })),
    );
    const stranger = newId();
    const requests = [...ids, stranger].map((subjectId) => ({ subjectId, group: 'content' as const }));
    const { erased, unknown } = await elsewhere.availableKeysFor(tenant, requests);
    expect([erased.size, [...unknown]]).toEqual([0, [stranger]]);
    for (const id of ids)
      expect(elsewhere.fieldKey(tenant, id, 'content', PLACE, 'support-conversation')?.bytes).toHaveLength(32);
    await expect(elsewhere.keysFor(tenant, requests)).rejects.toThrow('createSubject');
  });

  it('P-1002 forgets keys after a minute and on request', async () => {
    const subjectId = newId();
    await keys.createSubject(tenant, subjectId, ['content']);
    const borrowed = keys.fieldKey(tenant, subjectId, 'content', PLACE, 'support-conversation')!.bytes;
    clock.advance(60_001);
    expect(keys.fieldKey(tenant, subjectId, 'content', PLACE, 'support-conversation')?.bytes).toBeUndefined();
    expect(borrowed).toEqual(Buffer.alloc(32));
    expect(() => sealValue(borrowed, 'aad', 'text')).toThrow(expect.objectContaining({ code: 'privacy.key-wiped' }));
    await keys.keysFor(tenant, [{ subjectId, group: 'content' }]);
    keys.drop(tenant, subjectId);
    expect(keys.fieldKey(tenant, subjectId, 'content', PLACE, 'support-conversation')?.bytes).toBeUndefined();
  });

  it('P-1002 a key that was there when it was asked for is still there when it is used, however old it was', async () => {
    const subjectId = newId();
    await keys.createSubject(tenant, subjectId, ['content', 'contact']);
    const isOpen = (group: 'content' | 'contact') =>
      elsewhere.fieldKey(tenant, subjectId, group, PLACE, 'support-conversation') !== undefined;
    await elsewhere.keysFor(tenant, [{ subjectId, group: 'content' }]);
    clock.advance(59_999);
    await elsewhere.keysFor(tenant, [{ subjectId, group: 'content' }]);
    clock.advance(5_000);
    expect(isOpen('content')).toBe(true);
    // And one group's age is not that of another one.
    clock.advance(40_000);
    await elsewhere.keysFor(tenant, [{ subjectId, group: 'contact' }]);
    clock.advance(40_000);
    expect([isOpen('contact'), isOpen('content')]).toEqual([true, false]);
  });

  it('refuses a destroyed person everywhere, old keys and new ones', async () => {
    const subjectId = newId();
    await keys.createSubject(tenant, subjectId, ['content']);
    writeRow(fresh.column, subjectId);
    await elsewhere.keysFor(tenant, [{ subjectId, group: 'content' }]);
    await destruction().destroySubject(tenant, subjectId);
    expect(mainDatabase(fresh.column, subjectId)).toEqual({ row: false, fenced: true });
    elsewhere.drop(tenant, subjectId);
    for (const service of [keys, elsewhere]) {
      await expect(service.keysFor(tenant, [{ subjectId, group: 'content' }])).rejects.toEqual(ERASED);
      await expect(service.keysFor(tenant, [{ subjectId, group: 'contact' }])).rejects.toEqual(ERASED);
      await expect(service.createSubject(tenant, subjectId, ['content'])).rejects.toEqual(ERASED);
      expect(() => service.fieldKey(tenant, subjectId, 'content', PLACE, 'support-conversation')?.bytes).toThrow(
        ERASED,
      );
      const list = await service.availableKeysFor(tenant, [{ subjectId, group: 'content' }]);
      expect([...list.erased]).toEqual([subjectId]);
    }
  });

  it('makes keys of one moment in one transaction, and refuses only the erased one among them', async () => {
    const ids = Array.from({ length: 50 }, () => newId());
    const erased = ids[20]!;
    await destruction().destroySubject(tenant, erased);
    let transactions = 0;
    const counting: KeyStore = Object.create(ports.store, {
      addSubjects: {
        value: (...values: Parameters<KeyStore['addSubjects']>) => {
          transactions++;
          return ports.store.addSubjects(...values);
        },
      },
    });
    const service = new KeyService(ports.kms, counting, clock);
    const clean = ids.filter((id) => id !== erased);
    await Promise.all(clean.map((id) => service.createSubject(tenant, id, ['content'])));
    expect(transactions).toBe(1);
    const outcomes = await Promise.allSettled(ids.map((id) => service.createSubject(tenant, id, ['content'])));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([{ status: 'rejected', reason: ERASED }]);
    expect(outcomes[20]?.status).toBe('rejected');
    for (const id of clean)
      expect(service.fieldKey(tenant, id, 'content', PLACE, 'support-conversation')?.bytes).toHaveLength(32);
  });

  it('leaves a tombstone for a person who never had a key', async () => {
    const subjectId = newId();
    await keys.createSubject(tenant, newId(), []);
    await destruction().destroySubject(tenant, subjectId);
    await expect(keys.createSubject(tenant, subjectId, ['content'])).rejects.toEqual(ERASED);
  });

  it('does not let a load that was under way bring a dropped key back', async () => {
    const subjectId = newId();
    await keys.createSubject(tenant, subjectId, ['content']);
    const loading = elsewhere.keysFor(tenant, [{ subjectId, group: 'content' }]);
    await destruction().destroySubject(tenant, subjectId);
    elsewhere.drop(tenant, subjectId);
    await loading.catch(() => undefined);
    expect(() => {
      if (elsewhere.fieldKey(tenant, subjectId, 'content', PLACE, 'support-conversation')?.bytes)
        throw new Error('came back');
    }).not.toThrow('came back');
  });

  it('P-1002 rotates: all keys stay, rows of the old version are gone, the copy opens', async () => {
    const ids = Array.from({ length: 450 }, () => newId());
    await keys.createSubjects(
      tenant,
      ids.map((subjectId) => ({ subjectId, groups: ['content'] })),
    );
    const before = ids.map((id) =>
      Buffer.from(keys.fieldKey(tenant, id, 'content', PLACE, 'support-conversation')!.bytes),
    );
    const slip = await keys.tenantKey(tenant, 'slip');
    await rotation().rotateTenantKek(tenant);
    expect(await ports.store.kekState(tenant)).toMatchObject({ version: 2, phase: 'steady' });
    expect(await ports.store.countStale(tenant, 2)).toBe(0);
    keys.clear();
    await keys.keysFor(
      tenant,
      ids.map((subjectId) => ({ subjectId, group: 'content' })),
    );
    expect(ids.map((id) => keys.fieldKey(tenant, id, 'content', PLACE, 'support-conversation')?.bytes)).toEqual(before);
    expect(await elsewhere.tenantKey(tenant, 'slip')).toEqual(slip);
    const late = newId();
    await elsewhere.createSubject(tenant, late, ['content']);
    expect(elsewhere.fieldKey(tenant, late, 'content', PLACE, 'support-conversation')?.bytes).toHaveLength(32);
  });

  it('P-1002 keeps every key while two processes rotate and a third one writes', async () => {
    const written: { readonly id: string; readonly sealed: Buffer }[] = [];
    let done = false;
    const writer = (async () => {
      while (!done) {
        const id = newId();
        await elsewhere.createSubject(tenant, id, ['content']);
        const key = elsewhere.fieldKey(tenant, id, 'content', PLACE, 'support-conversation')!.bytes;
        written.push({ id, sealed: sealValue(key, fieldAad(tenant, id, 'chat_message', 'body', '1'), id) });
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let round = 0; round < 4 || written.length < 20; round++) {
      await Promise.all([rotation().rotateTenantKek(tenant), rotation().rotateTenantKek(tenant)]);
    }
    done = true;
    await writer;
    keys.clear();
    for (const { id, sealed } of written) {
      await keys.keysFor(tenant, [{ subjectId: id, group: 'content' }]);
      const key = keys.fieldKey(tenant, id, 'content', PLACE, 'support-conversation')!.bytes;
      expect(openValue(key, fieldAad(tenant, id, 'chat_message', 'body', '1'), sealed).toString()).toBe(id);
    }
  });

  it('knows which tenants are due for a rotation', async () => {
    const subjectId = newId();
    await keys.createSubject(tenant, subjectId, ['content']);
    expect(await rotation().rotateDue()).toBe(0);
    clock.advance(1000);
    await destruction().destroySubject(tenant, subjectId);
    clock.advance(1000);
    expect(await rotation().rotateDue()).toBe(1);
    expect(await rotation().rotateDue()).toBe(0);
  });

  it('ends a month of the network log with its key', async () => {
    const key = await keys.tenantKey(tenant, 'log:2026-05');
    expect(await elsewhere.tenantKey(tenant, 'log:2026-05')).toEqual(key);
    await keys.destroyTenantKey(tenant, 'log:2026-05');
    elsewhere.dropTenantKey(tenant, 'log:2026-05');
    for (const service of [keys, elsewhere]) {
      await expect(service.tenantKey(tenant, 'log:2026-05')).rejects.toMatchObject({ code: 'privacy.key-destroyed' });
    }
  });

  it('P-1002 sweeps keys that never got a row, after a day, and no others', async () => {
    const [withRow, orphan, young] = [newId(), newId(), newId()];
    await keys.createSubject(tenant, withRow, ['content']);
    await keys.createSubject(tenant, orphan, ['content']);
    clock.advance(DAY + 1);
    await keys.createSubject(tenant, young, ['content']);
    const asked: string[] = [];
    const sweep = new OrphanSweep(keys, ports.store, clock, {
      existing: async (_tenant, ids) => {
        asked.push(...ids);
        return new Set(ids.filter((id) => id === withRow));
      },
    });
    expect(await sweep.sweep()).toBe(1);
    expect(asked.sort()).toEqual([withRow, orphan].sort());
    await expect(keys.keysFor(tenant, [{ subjectId: orphan, group: 'content' }])).rejects.toEqual(ERASED);
    await keys.keysFor(
      tenant,
      [withRow, young].map((subjectId) => ({ subjectId, group: 'content' as const })),
    );
    expect(await sweep.sweep()).toBe(0);
  });
});
