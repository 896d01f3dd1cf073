import type { FieldCode, Purpose } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FieldCipher } from '../cipher/field-cipher.js';
import { purposeWatch } from '../cipher/purpose-watch.js';
import { RegisterBook } from '../register/register-book.js';
import { type ConsentWorld, codeOf, FIELDS, noteTaker, openConsentWorld, SCOPES } from '../testing/consent-world.js';
import { PersonalGate } from './personal-gate.js';

const MOBILE = '13812341234';
const ADDRESS = '上海市浦东新区世纪大道一百号三楼';

/** A cipher that tells what it opened. */
function spy(cipher: FieldCipher): { readonly opened: string[]; readonly cipher: FieldCipher } {
  const opened: string[] = [];
  const open: FieldCipher['open'] = (...place) => {
    opened.push(`${place[1]} ${place[2].column}`);
    return cipher.open(...place);
  };
  return {
    opened,
    cipher: new Proxy(cipher, {
      get: (target, name) => (name === 'open' ? open : Reflect.get(target, name).bind(target)),
    }),
  };
}

describeColumns('the gate on $column', (column) => {
  let world: ConsentWorld;
  let gate: PersonalGate;
  let opened: string[];
  let notes: ReturnType<typeof noteTaker>;

  beforeEach(async () => {
    world = await openConsentWorld(column);
    const { platform, here } = world;
    const watched = spy(platform.cipher);
    opened = watched.opened;
    notes = noteTaker();
    gate = new PersonalGate({
      ...{ registers: here.register, consents: here.consents, cipher: watched.cipher },
      ...{ accounts: notes, feed: platform.feed },
    });
  });

  afterEach(() => world?.close());

  async function contact() {
    const subjectId = await world.person();
    const cells = [
      await world.seal(subjectId, 'name', '林小满'),
      await world.seal(subjectId, 'mobile', MOBILE),
      await world.seal(subjectId, 'address', ADDRESS),
    ];
    return { subjectId, cells };
  }

  it('P-0112 never opens a withheld value, and says why', async () => {
    const { subjectId, cells } = await contact();
    const nothing = { face: 'withheld', reason: 'no-consent', at: null };
    expect(await gate.faces(world.reader(), [cells])).toEqual([[nothing, nothing, nothing]]);
    expect(opened).toEqual([]);
    await world.decide(subjectId, SCOPES.relations);
    await world.decide(subjectId, SCOPES.mobile);
    const no = await world.decide(subjectId, SCOPES.address, { decision: 'refuse' });
    expect(await gate.faces(world.reader(), [cells])).toEqual([
      [
        { face: 'masked', value: '林**' },
        { face: 'masked', value: '138****1234' },
        { face: 'withheld', reason: 'refused', at: no.decidedAt },
      ],
    ]);
    expect(opened).toEqual([`${subjectId} name`, `${subjectId} mobile`]);
    expect(await codeOf(gate.open(world.reader(), cells[2]!))).toBe('privacy.consent-required');
    expect((await gate.open(world.reader(), cells[1]!)).reveal('customer-relations')).toBe(MOBILE);
    expect(opened).toHaveLength(3);
    expect(notes.notes).toEqual([]);
  });

  it('P-1004 P-1010 shows a role what its policy allows, and notes what is sensitive', async () => {
    const { subjectId, cells } = await contact();
    for (const scope of [SCOPES.relations, SCOPES.mobile, SCOPES.address]) await world.decide(subjectId, scope);
    const faces = async (role: string) =>
      (await gate.faces(world.reader({ role }), [cells]))[0]!.map(({ face }) => face);
    expect(await faces('agent')).toEqual(['masked', 'masked', 'masked']);
    expect(await faces('privacy-officer')).toEqual(['masked', 'masked', 'masked']);
    expect(await faces('janitor')).toEqual(['no-permission', 'no-permission', 'no-permission']);
    expect(await faces('__proto__')).toEqual(['no-permission', 'no-permission', 'no-permission']);
    expect(notes.notes).toEqual([
      { reader: world.reader(), subjects: [], fields: ['contact.address'], masked: 1 },
      { reader: world.reader({ role: 'privacy-officer' }), subjects: [], fields: ['contact.address'], masked: 1 },
    ]);
    const empty = { ...cells[0]!, sealed: null };
    expect(await gate.faces(world.reader(), [[empty]])).toEqual([[{ face: 'empty' }]]);
  });

  it('P-0111 each use on another ground than consent is noted with code and note, shown or masked; none by consent', async () => {
    const { subjectId, cells } = await contact();
    for (const scope of [SCOPES.relations, SCOPES.mobile]) await world.decide(subjectId, scope);
    await gate.faces(world.reader(), [cells.slice(0, 2)]);
    await gate.open(world.reader(), cells[1]!);
    expect(notes.notes).toEqual([]);
    const { here, tenantId } = world;
    const { version, register } = await here.register.load(tenantId);
    const activities = register.activities.map((one) =>
      one.purpose === 'customer-relations'
        ? { ...one, basis: 'L-CONTRACT' as const, basisNote: 'Delivery of what was ordered' }
        : one,
    );
    const next = { ...register, activities };
    const agreed = new RegisterBook({
      ...world.platform,
      approvals: { within: (_who, _id, act) => act(), use: async () => undefined },
    });
    await agreed.change(world.who, { baseVersion: version, register: next, note: '', approvalId: tenantId });
    here.register.drop(tenantId);
    const other = await contact();
    const ground = { basis: 'L-CONTRACT', note: 'Delivery of what was ordered' };
    const reader = world.reader();
    await gate.faces(reader, [other.cells]);
    expect(notes.notes.splice(0)).toEqual([
      { reader, subjects: [], fields: ['contact.address'], masked: 1 },
      { reader, subjects: [], fields: ['contact.name', 'contact.mobile', 'contact.address'], masked: 3, ground },
    ]);
    await gate.open(reader, other.cells[1]!);
    expect(notes.notes).toEqual([
      { reader, subjects: [other.subjectId], fields: ['contact.mobile'], masked: 0, ground },
    ]);
  });

  it('P-0301 a read without a purpose, or with one of another column, throws and is counted', async () => {
    const { subjectId, cells } = await contact();
    await world.decide(subjectId, SCOPES.relations);
    const before = purposeWatch.readsWithoutPurpose;
    for (const purpose of [undefined, 'curiosity', 'toString'] as unknown as Purpose[]) {
      expect(await codeOf(gate.faces(world.reader({ purpose }), [cells]))).toBe('privacy.purpose-missing');
      expect(await codeOf(gate.open(world.reader({ purpose }), cells[0]!))).toBe('privacy.purpose-missing');
    }
    expect(purposeWatch.readsWithoutPurpose - before).toBe(6);
    const { cipher, keys } = world.platform;
    await cipher.load(world.tenantId, [subjectId], 'contact');
    const { spec, row, sealed } = cells[1]!;
    expect(() => cipher.open(world.tenantId, subjectId, spec, row, sealed!, 'marketing')).toThrow(
      expect.objectContaining({ code: 'privacy.purpose-undeclared' }),
    );
    expect(() => keys.fieldKey(world.tenantId, subjectId, 'contact', FIELDS.mobile.label, 'marketing')).toThrow(
      expect.objectContaining({ code: 'privacy.purpose-undeclared' }),
    );
    expect(() => keys.fieldKey(world.tenantId, subjectId, 'contact', 'nobody.knows', 'marketing')).toThrow(
      expect.objectContaining({ code: 'privacy.purpose-undeclared' }),
    );
    expect(purposeWatch.readsWithoutPurpose - before).toBe(9);
    expect(opened).toEqual([]);
  });

  it('P-0112 names all refused fields before a write, and refuses them inside the commit', async () => {
    const { subjectId } = await contact();
    const { tenantId } = world;
    const fields: FieldCode[] = ['contact.name', 'contact.mobile', 'contact.address'];
    await world.decide(subjectId, SCOPES.relations);
    await world.decide(subjectId, SCOPES.mobile);
    expect(await gate.refused(tenantId, 'customer-relations', subjectId, fields)).toEqual([
      { field: 'contact.address', reason: 'no-consent' },
    ]);
    const step = (some: readonly FieldCode[]) => gate.step({ purpose: 'customer-relations', subjectId, fields: some });
    expect(await world.write(subjectId, step(fields))).toBe('privacy.consent-required');
    expect(await world.write(subjectId, step(['contact.name', 'contact.mobile']))).toBeUndefined();
    // Prepared, then withdrawn in another process, then committed.
    expect(await gate.refused(tenantId, 'customer-relations', subjectId, ['contact.mobile'])).toEqual([]);
    const prepared = step(['contact.mobile']);
    const act = await world.act(subjectId, SCOPES.mobile, { decision: 'withdraw' });
    await world.elsewhere.consents.decide(act);
    expect(await world.write(subjectId, prepared)).toBe('privacy.consent-required');
    // The same by somebody linked.
    const other = await world.person();
    await world.link(subjectId, other);
    await world.elsewhere.consents.decide(await world.act(other, SCOPES.relations, { decision: 'refuse' }));
    expect(await world.write(subjectId, step(['contact.name']))).toBe('privacy.consent-required');
  });

  it('P-0302 what no function uses is refused inside the commit with a code of its own', async () => {
    const { subjectId } = await contact();
    for (const scope of [SCOPES.relations, SCOPES.mobile]) await world.decide(subjectId, scope);
    const step = (some: readonly FieldCode[]) => gate.step({ purpose: 'customer-relations', subjectId, fields: some });
    expect(await world.write(subjectId, step(['contact.mobile']))).toBeUndefined();
    const unused: FieldCode = 'chat.message';
    expect(await world.write(subjectId, step(['contact.mobile', unused]))).toBe('privacy.function-off');
    expect(await world.write(subjectId, step(['contact.address', unused]))).toBe('privacy.function-off');
  });

  it('C-35 after the basic consent is withdrawn only the person reads; an erased one is empty', async () => {
    const { subjectId, cells } = await contact();
    for (const scope of [SCOPES.relations, SCOPES.mobile]) await world.decide(subjectId, scope);
    await world.decide(subjectId, SCOPES.basic, { decision: 'withdraw' });
    expect((await gate.faces(world.reader(), [cells]))[0]).toMatchObject([
      { face: 'withheld', reason: 'withdrawn' },
      { face: 'withheld', reason: 'withdrawn' },
      { face: 'withheld', reason: 'withdrawn' },
    ]);
    expect(opened).toEqual([]);
    await world.decide(subjectId, SCOPES.basic);
    await world.platform.upkeep.destruction.destroySubject(world.tenantId, subjectId);
    expect((await gate.faces(world.reader(), [cells]))[0]!.map(({ face }) => face)).toEqual([
      'empty',
      'empty',
      'withheld',
    ]);
    expect(await codeOf(gate.open(world.reader(), cells[0]!))).toBe('privacy.subject-erased');
  });
});
