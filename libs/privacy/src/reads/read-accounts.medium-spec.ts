import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Reader } from '../personal/reader.js';
import { type DeskWorld, openDeskWorld } from '../testing/desk-world.js';
import { ReadAccounts } from './read-accounts.js';
import { TenantText } from './tenant-text.js';

describeColumns('accounts of reads on $column', (column) => {
  let world: DeskWorld;
  let reads: ReadAccounts;

  const reader = (range: string, more: Partial<Reader> = {}): Reader => ({
    ...world.who(),
    ...{ role: 'agent', purpose: 'support-conversation', range },
    ...more,
  });
  const namesOf = (subjectId: string) =>
    world.rows('SELECT entry_id FROM privacy_read_subject WHERE tenant_id = ? AND subject_id = ?', [subjectId]);

  beforeAll(async () => {
    world = await openDeskWorld(column);
    reads = world.platform.desk.reads;
  });
  afterAll(() => world?.close());

  it('P-1010 P-0404 a request leaves one journal entry with range, fields and purpose, and one row per person', async () => {
    const people = [await world.person(), await world.person()];
    const one = reader(`contacts ${newId()}`);
    reads.note({ reader: one, subjects: [people[0]!], fields: ['contact.address'], masked: 3 });
    reads.note({ reader: one, subjects: people, fields: ['contact.address', 'contact.name'], masked: 1 });
    await reads.flush();
    expect(await world.journal(one.range)).toEqual([
      {
        ...{ kind: 'privacy.sensitive-read.v1', actor: `member:${one.memberId}`, purpose: 'support-conversation' },
        ...{ subject_id: null, fields: 'contact.address,contact.name', detail: '{"people":2,"masked":4}' },
      },
    ]);
    for (const subjectId of people) expect(await namesOf(subjectId)).toHaveLength(1);
  });

  it('P-1010 it is written beside the read within 200 ms, without anybody asking', async () => {
    const [subjectId, one] = [await world.person(), reader(`contact:${newId()}`)];
    reads.note({ reader: one, subjects: [subjectId], fields: ['chat.message'], masked: 0 });
    expect(await world.journal(one.range)).toEqual([]);
    await expect.poll(() => world.journal(one.range)).toHaveLength(1);
  });

  it('P-0111 a use without consent leaves an entry of its own with code and note, beside that of the read', async () => {
    const [subjectId, one] = [await world.person(), reader(`contact:${newId()}`)];
    const read = { reader: one, subjects: [subjectId], fields: ['contact.address'], masked: 0 } as const;
    const ground = { basis: 'L-CONTRACT', note: 'Order of 5 May' } as const;
    for (const note of [read, { ...read, ground }, { ...read, subjects: [], masked: 2, ground }]) reads.note(note);
    await reads.flush();
    const entries = await world.journal(one.range);
    expect(entries.map(({ kind, detail }) => [kind, detail]).sort()).toEqual([
      ['privacy.sensitive-read.v1', '{"people":1,"masked":0}'],
      ['privacy.used-without-consent.v1', '{"people":1,"masked":2,"basis":"L-CONTRACT","note":"Order of 5 May"}'],
    ]);
    const { items } = await reads.of(world.tenantId, subjectId);
    expect(items.map(({ basis, basisNote }) => [basis, basisNote])).toEqual(
      expect.arrayContaining([
        [null, null],
        ['L-CONTRACT', 'Order of 5 May'],
      ]),
    );
  });

  it('P-1010 pages of one conversation become one range, a gap becomes two', async () => {
    const [subjectId, place] = [await world.person(), `conversation:${newId()}`];
    const one = reader(`${place} 1-20`);
    for (const numbers of ['1-20', '21-40', '50-60']) {
      const read = { subjects: [subjectId], fields: ['chat.message'], masked: 0 } as const;
      reads.note({ ...read, reader: { ...one, range: `${place} ${numbers}` } });
    }
    await reads.flush();
    expect(await world.journal(`${place} 1-40`)).toHaveLength(1);
    expect(await world.journal(`${place} 50-60`)).toHaveLength(1);
  });

  it('P-1010 masked values in a list leave the journal entry only, and nothing at all leaves nothing', async () => {
    const one = reader(`contacts ${newId()}`);
    reads.note({ reader: one, subjects: [], fields: ['contact.address'], masked: 25 });
    const none = reader(`contacts ${newId()}`);
    reads.note({ reader: none, subjects: [], fields: [], masked: 0 });
    await reads.flush();
    expect((await world.journal(one.range)).map(({ detail }) => detail)).toEqual(['{"people":0,"masked":25}']);
    expect(await world.journal(none.range)).toEqual([]);
    const entries = await world.rows('SELECT id FROM privacy_read_entry WHERE tenant_id = ? AND place = ?', [
      one.range,
    ]);
    expect(entries).toEqual([]);
  });

  it('P-1007 a reveal is durable before it answers, with its reason; the text of it is ciphertext', async () => {
    const [subjectId, one] = [await world.person(), reader(`contact:${newId()}`, { purpose: 'customer-relations' })];
    const read = { reader: one, subjects: [subjectId], fields: ['contact.mobile'], masked: 0 } as const;
    await reads.noteNow(read, { code: 'other', note: 'Lin Xia asked to be called back' });
    expect((await world.journal(one.range)).map(({ kind, subject_id }) => [kind, subject_id])).toEqual([
      ['privacy.value-revealed.v1', subjectId],
    ]);
    const { items } = await reads.of(world.tenantId, subjectId);
    expect(items).toEqual([
      {
        ...{ id: expect.any(String), at: world.clock.now(), memberId: one.memberId, role: 'agent' },
        ...{ purpose: 'customer-relations', fields: ['contact.mobile'], range: one.range },
        ...{ reason: 'Lin Xia asked to be called back', basis: null, basisNote: null },
      },
    ]);
    const [row] = await world.rows<{ note_sealed: Buffer }>(
      'SELECT note_sealed FROM privacy_read_entry WHERE tenant_id = ? AND id = ?',
      [items[0]!.id],
    );
    expect(Buffer.from(row!.note_sealed).toString('latin1')).not.toContain('Lin');
  });

  it('P-0404 who has seen my data: newest first, in pages, with what linked persons were shown', async () => {
    const [me, twin, other] = [await world.person(), await world.person(), await world.person()];
    await link(me, twin);
    for (let n = 0; n < 53; n++) {
      world.clock.advance(1000);
      const read = { fields: ['contact.name'], masked: 0 } as const;
      reads.note({ ...read, reader: reader(`contact:${n}`), subjects: [n % 2 ? me : twin, other].slice(0, 1) });
    }
    await reads.flush();
    const first = await reads.of(world.tenantId, me);
    expect(first.items.map(({ range }) => range)).toEqual(Array.from({ length: 50 }, (_, n) => `contact:${52 - n}`));
    const rest = await reads.of(world.tenantId, me, first.next!);
    expect([rest.items.length, rest.next]).toEqual([3, null]);
    expect((await reads.of(world.tenantId, other)).items).toEqual([]);
    expect((await reads.of(world.tenants[1], me)).items).toEqual([]);
  });

  it('P-1010 an account that cannot be written waits, is tried again, and holds up reads when too many wait', async () => {
    const { platform } = world;
    const errors: unknown[] = [];
    const broken = { on: true };
    const submit: typeof platform.committer.submit = async (set) => {
      if (broken.on) throw new Error('away');
      return platform.committer.submit(set);
    };
    const parts = { database: platform.database, clock: platform.clock, text: new TenantText(platform.keys) };
    const own = new ReadAccounts({ ...parts, committer: { submit }, onError: (error) => errors.push(error) });
    const [subjectId, one] = [await world.person(), reader(`contact:${newId()}`)];
    const read = { subjects: [subjectId], fields: ['chat.message'], masked: 0 } as const;
    own.note({ ...read, reader: one });
    await own.flush();
    expect(errors).toHaveLength(1);
    expect(own.room()).toBeUndefined();
    await expect(own.noteNow({ ...read, reader: one })).rejects.toThrow('away');
    for (let n = 0; n < 5000; n++) own.note({ reader: reader(`contact:${n}`), subjects: [], fields: [], masked: 1 });
    const room = own.room();
    expect(room).toBeInstanceOf(Promise);
    broken.on = false;
    await own.close();
    await room;
    expect(await world.journal(one.range)).toHaveLength(1);
  });

  it('P-1010 the end of the process says so when accounts are lost', async () => {
    const { platform } = world;
    const committer = { submit: () => Promise.reject(new Error('gone')) };
    const parts = { database: platform.database, clock: platform.clock, text: new TenantText(platform.keys) };
    const own = new ReadAccounts({ ...parts, committer, onError: () => {} });
    own.note({ reader: reader('contact:x'), subjects: [newId()], fields: ['chat.message'], masked: 0 });
    await expect(own.close()).rejects.toMatchObject({ code: 'privacy.reads-not-written' });
  });

  it('P-1307 erasure takes the rows about the person and what was said of them; the account stays without names', async () => {
    const [subjectId, other] = [await world.person(), await world.person()];
    const one = reader(`contact:${newId()}`);
    const read = { reader: one, subjects: [subjectId, other], fields: ['contact.mobile'], masked: 0 } as const;
    await reads.noteNow(read, { code: 'other', note: 'about Lin Xia' });
    world.clock.advance(1);
    reads.note({ ...read, reader: reader('contact:late') });
    await erase(subjectId);
    await reads.flush();
    expect(await namesOf(subjectId)).toEqual([]);
    expect(await namesOf(other)).toHaveLength(2);
    const { items } = await reads.of(world.tenantId, other);
    expect(items.map(({ reason }) => reason)).toEqual([null, 'other']);
  });

  const link = (subjectId: string, otherId: string) =>
    world.platform.work.upkeep(
      async (tx) =>
        tx.insert(
          'privacy_subject_link',
          ['tenant_id', 'id', 'subject_id', 'other_id', 'reason', 'actor', 'at'],
          [[world.tenantId, newId(), subjectId, otherId, 'same-login', 'system', 1]],
        ),
      new Set([world.tenantId]),
    );
  const erase = async (subjectId: string): Promise<void> => {
    await world.platform.work.upkeep(
      async (tx) =>
        tx.run("UPDATE privacy_data_subject SET state = 'erased' WHERE tenant_id = ? AND id = ?", [
          world.tenantId,
          subjectId,
        ]),
      new Set([world.tenantId]),
    );
    await world.platform.desk.eraser.erase(world.tenantId, subjectId);
  };
});
