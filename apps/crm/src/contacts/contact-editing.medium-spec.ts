import { newId } from '@libs/kernel';
import { RegisterBook } from '@libs/privacy';
import type { Activity } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type CrmWorld, openCrmWorld, SCOPES } from '../crm-world.fixture.js';

/** A second person who agrees to everything. */
const AGREED = {
  within: <T>(_who: unknown, _id: string, act: () => Promise<T>) => act(),
  use: async () => undefined,
};

describeColumns('edits of contacts on $column', (column) => {
  let world: CrmWorld;
  const stored = async (subjectId: string) => (await world.rowsOf(world.tenants[0], subjectId))[0]!;

  beforeAll(async () => {
    world = await openCrmWorld(column);
  });
  afterAll(() => world?.close());

  it('P-0112 P-1002 what the person agreed to is stored sealed and shown masked', async () => {
    const { subjectId, contactId } = await world.person({ assignee: 'agent' });
    await world.agree(subjectId, 'name', 'mobile', 'email', 'wechat', 'address');
    const fields = {
      ...{ name: '林晓雯', mobile: '138 0013 8001', email: 'Lin@QQ.com', wechat: 'lin_xw88' },
      address: '上海市徐汇区漕溪北路88号',
    };
    const answer = await world.edit('agent', contactId, fields);
    expect([answer.statusCode, answer.json().refused]).toEqual([200, []]);
    expect(answer.json().contact).toMatchObject({
      version: 2,
      fields: {
        name: { face: 'masked', value: '林**' },
        mobile: { face: 'masked', value: '138****8001' },
        email: { face: 'masked', value: 'l***@qq.com' },
        wechat: { face: 'masked', value: 'li***' },
        address: { face: 'masked', value: '上海市徐汇区****' },
      },
    });
    const row = await stored(subjectId);
    const bytes = JSON.stringify(
      Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : value)),
    );
    for (const clear of ['林晓雯', '13800138001', 'lin@qq.com', 'lin_xw88', '徐汇']) {
      expect(bytes).not.toContain(clear);
      expect(bytes).not.toContain(Buffer.from(clear, 'utf8').toString('latin1'));
      expect(answer.body).not.toContain(clear === '徐汇' ? '漕溪' : clear);
    }
    expect(row.mobile_index).toMatch(/^01[0-9a-f]{32}$/);
  });

  it('P-0112 a field without consent is refused by name and nothing is stored', async () => {
    const { subjectId, contactId } = await world.person({ assignee: 'agent' });
    await world.agree(subjectId, 'name');
    await world.decide(subjectId, SCOPES.email, 'refuse');
    const before = await stored(subjectId);
    const answer = await world.edit('agent', contactId, { name: 'Lin', mobile: '13800138002', email: 'a1@b.example' });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({
      code: 'privacy.consent-required',
      details: { fields: 'mobile,email' },
      errors: [
        { field: 'mobile', reason: 'no-consent' },
        { field: 'email', reason: 'refused' },
      ],
    });
    expect(await stored(subjectId)).toEqual(before);
  });

  it('P-1006 what the role does not see it does not write either: refused by name, nothing is stored', async () => {
    const { register: book } = world.platform.privacy;
    const who = { tenantId: world.tenants[0], memberId: newId(), correlationId: 'test' };
    const show = async (visibility: 'none' | 'masked'): Promise<void> => {
      const { version, register } = await book.load(who.tenantId);
      const fields = register.fields.map((policy) =>
        ['contact.mobile', 'contact.email'].includes(policy.field)
          ? { ...policy, roles: { ...policy.roles, agent: visibility } }
          : policy,
      );
      const change = { baseVersion: version, register: { ...register, fields }, note: '', approvalId: newId() };
      const made = new RegisterBook({ ...world.platform, approvals: AGREED });
      await made.change(who, change);
      book.drop(who.tenantId);
    };
    const { subjectId, contactId } = await world.person({ assignee: 'agent' });
    await world.agree(subjectId, 'name', 'mobile', 'email');
    await show('none');
    const before = await stored(subjectId);
    const fields = { name: 'Lin', mobile: '13800138002', email: null };
    for (const more of [{}, { saveRest: true }]) {
      const answer = await world.edit('agent', contactId, fields, more);
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({
        code: 'crm.field-hidden',
        details: { fields: 'mobile,email' },
        errors: [
          { field: 'mobile', reason: 'no-permission' },
          { field: 'email', reason: 'no-permission' },
        ],
      });
    }
    expect(await stored(subjectId)).toEqual(before);
    expect((await world.edit('supervisor', contactId, fields)).statusCode).toBe(200);
    await show('masked');
  });

  it('P-0302 a field of a function that is off answers 422 by name, whoever agreed, and nothing is stored', async () => {
    const { register: book } = world.platform.privacy;
    const who = { tenantId: world.tenants[0], memberId: newId(), correlationId: 'test' };
    const { subjectId, contactId } = await world.person({ assignee: 'agent' });
    await world.agree(subjectId, 'name', 'mobile');
    const made = new RegisterBook({ ...world.platform, approvals: AGREED });
    const change = async (activity: (one: Activity) => Activity): Promise<void> => {
      const { version, register } = await book.load(who.tenantId);
      const activities = register.activities.map((one) => (one.purpose === 'customer-relations' ? activity(one) : one));
      const next = { ...register, activities };
      await made.change(who, { baseVersion: version, register: next, note: '', approvalId: newId() });
      book.drop(who.tenantId);
    };
    const before = await stored(subjectId);
    const edit = (fields: object) => world.edit('agent', contactId, fields);
    const { register } = await book.load(who.tenantId);
    const { fields: all } = register.activities.find(({ purpose }) => purpose === 'customer-relations')!;
    // One field that the function does not use any more, beside one without consent.
    await change((one) => ({ ...one, fields: all.filter(({ field }) => field !== 'contact.mobile') }));
    const one = await edit({ name: 'Lin', mobile: '13800138009', email: 'a@b.example' });
    expect([one.statusCode, one.json()]).toMatchObject([
      422,
      {
        ...{ code: 'privacy.function-off', details: { fields: 'mobile,email' } },
        errors: [
          { field: 'mobile', reason: 'purpose' },
          { field: 'email', reason: 'no-consent' },
        ],
      },
    ]);
    await change((activity) => ({ ...activity, fields: all, enabled: false }));
    const off = await edit({ name: 'Lin' });
    expect([off.statusCode, off.json().code]).toEqual([422, 'privacy.function-off']);
    expect(await stored(subjectId)).toEqual(before);
    await change((activity) => ({ ...activity, enabled: true }));
    await book.load(who.tenantId);
    expect((await edit({ email: 'a@b.example' })).statusCode).toBe(403);
  });

  it('P-0112 P-0402 the rest is saved where the caller asks for it', async () => {
    const { subjectId, contactId } = await world.person({ assignee: 'agent' });
    await world.agree(subjectId, 'name');
    const fields = { name: 'Lin', address: '上海市徐汇区漕溪北路88号' };
    const answer = await world.edit('agent', contactId, fields, { saveRest: true });
    expect(answer.json()).toMatchObject({
      refused: [{ field: 'address', reason: 'no-consent' }],
      contact: { version: 2, fields: { name: { face: 'masked', value: 'L**' } } },
    });
    expect(await stored(subjectId)).toMatchObject({ address: null, name: expect.any(Buffer) });
    const nothing = await world.edit('agent', contactId, { address: 'x' }, { saveRest: true, version: 2 });
    expect([nothing.statusCode, nothing.json().code]).toEqual([403, 'privacy.consent-required']);
  });

  it('P-0112 a withdrawal stops writes, and what was written stays closed', async () => {
    const { subjectId, contactId } = await world.filled({ name: 'Lin', mobile: '13800138003' });
    await world.decide(subjectId, SCOPES.mobile, 'withdraw');
    const answer = await world.edit('owner', contactId, { mobile: '13800138004' }, { version: 2 });
    expect(answer.json().errors).toEqual([{ field: 'mobile', reason: 'withdrawn' }]);
    const { fields } = await world.detail('owner', contactId);
    expect(fields.mobile).toMatchObject({ face: 'withheld', reason: 'withdrawn' });
    expect(fields.name).toEqual({ face: 'masked', value: 'L**' });
  });

  it('P-0112 a consent that ends between the check and the commit is heard by the commit', async () => {
    const { subjectId, contactId } = await world.person();
    await world.agree(subjectId, 'name');
    const before = await stored(subjectId);
    // The check still believes in a consent for both.
    const check = vi.spyOn(world.platform.privacy.gate, 'refused');
    const fields = { name: 'Lin', mobile: '13800138008' };
    const refused = [{ field: 'mobile', reason: 'no-consent' }];
    check.mockResolvedValueOnce([]);
    const answer = await world.edit('owner', contactId, fields);
    expect([answer.statusCode, answer.json().errors]).toEqual([403, refused]);
    expect(await stored(subjectId)).toEqual(before);
    check.mockResolvedValueOnce([]);
    const rest = await world.edit('owner', contactId, fields, { saveRest: true });
    check.mockRestore();
    expect([rest.statusCode, rest.json().refused]).toEqual([200, refused]);
    expect(await stored(subjectId)).toMatchObject({ mobile: null, mobile_index: null, name: expect.any(Buffer) });
  });

  it('null empties a field, with its index, whatever the consent', async () => {
    const { subjectId, contactId } = await world.filled({ mobile: '13800138005' });
    await world.decide(subjectId, SCOPES.mobile, 'withdraw');
    expect((await world.edit('owner', contactId, { mobile: null }, { version: 2 })).statusCode).toBe(200);
    expect(await stored(subjectId)).toMatchObject({ mobile: null, mobile_index: null });
  });

  it('a stale edit hears the present version, and who made it', async () => {
    const { contactId } = await world.filled({ name: 'Lin' });
    const answer = await world.edit('owner', contactId, { name: 'Wang' }, { version: 1 });
    expect([answer.statusCode, answer.json()]).toMatchObject([
      409,
      {
        code: 'crm.contact-changed',
        details: { version: 2, changedBy: 'you', changedAt: expect.any(Number) },
      },
    ]);
  });

  it('P-0112 a mark tells that a field was written, where its mask does not, and nothing where nothing is seen', async () => {
    const { subjectId, contactId } = await world.filled({
      name: '陈小明',
      mobile: '13800138006',
      email: 'chen@qq.com',
    });
    const before = await world.detail('owner', contactId);
    await world.edit('owner', contactId, { name: '陈大明' }, { version: 2 });
    await world.decide(subjectId, SCOPES.mobile, 'withdraw');
    const after = await world.detail('owner', contactId);
    expect(after.fields.name).toEqual(before.fields.name);
    expect([after.marks.name === before.marks.name, before.marks.mobile]).toEqual([false, expect.any(String)]);
    expect(after.marks.email).toBe(before.marks.email);
    expect([after.marks.mobile, after.marks.address]).toEqual([null, null]);
  });

  it('of two members who edit at the same moment one wins and the other hears of it', async () => {
    const { subjectId, contactId } = await world.person({ assignee: 'agent', participant: 'other' });
    await world.agree(subjectId, 'name');
    const answers = await Promise.all(
      (['agent', 'other', 'owner'] as const).map((who) => world.edit(who, contactId, { name: who })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
    expect((await stored(subjectId)).version).toSatisfy((version) => Number(version) === 2);
    for (const answer of answers.filter(({ statusCode }) => statusCode === 409)) {
      const who = { changedBy: 'member', changedByName: expect.any(String), changedAt: expect.any(Number) };
      const details = { version: 2, ...who };
      expect(answer.json()).toMatchObject({ code: 'crm.contact-changed', details });
    }
  });

  it.each([
    [{ mobile: '1234' }, 'crm.mobile-invalid', [{ field: 'fields.mobile', rule: 'mobile' }]],
    [{ email: 'no address' }, 'crm.email-invalid', [{ field: 'fields.email', rule: 'email' }]],
    [{ wechat: '8lin' }, 'crm.wechat-invalid', [{ field: 'fields.wechat', rule: 'wechat' }]],
    [{ name: 'x'.repeat(81) }, 'crm.name-invalid', [{ field: 'fields.name', rule: 'maxLength' }]],
    [{ name: 'Lin\u202egnaW' }, 'crm.name-invalid', [{ field: 'fields.name', rule: 'hiddenCharacter' }]],
    [{ address: 'a\u0007b' }, 'crm.address-invalid', [{ field: 'fields.address', rule: 'controlCharacter' }]],
    [{ name: ' ' }, 'crm.name-invalid', [{ field: 'fields.name', rule: 'isNotEmpty' }]],
    [{ name: 7 }, 'http.invalid-input', [{ field: 'fields.name', rule: 'isString' }]],
    [{ nickname: 'x' }, 'http.invalid-input', [{ field: 'fields.nickname', rule: 'unknown' }]],
    [{}, 'http.invalid-input', [{ field: 'fields', rule: 'isNotEmptyObject' }]],
  ])('P-0303 bad values %j are refused with field and rule, and nothing is stored', async (fields, code, errors) => {
    const { subjectId, contactId } = await world.person();
    await world.agree(subjectId, 'name', 'mobile', 'email', 'wechat', 'address');
    const before = await stored(subjectId);
    const answer = await world.edit('owner', contactId, { ...fields });
    expect([answer.statusCode, answer.json()]).toMatchObject([422, { code, errors: expect.arrayContaining(errors) }]);
    expect(await stored(subjectId)).toEqual(before);
  });

  it('P-0303 a field or a purpose smuggled beside the others stores nothing', async () => {
    const { subjectId, contactId } = await world.person();
    await world.agree(subjectId, 'name');
    const before = await stored(subjectId);
    const ways: [string, object][] = [
      ['', { mobile: '13800138006' }],
      ['', { purpose: 'subject-request' }],
      ['', { consent: { mobile: true } }],
      ['', { tenantId: world.tenants[1] }],
    ];
    for (const [query, more] of ways) {
      const answer = await world.call('owner', 'PATCH', `/${contactId}${query}`, {
        ...{ version: 1, fields: { name: 'Lin' } },
        ...more,
      });
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'http.invalid-input']);
    }
    expect(await stored(subjectId)).toEqual(before);
    const headers = { purpose: 'subject-request', 'x-purpose': 'subject-request', 'x-custodia-purpose': 'legal-duty' };
    const body = { version: 1, fields: { mobile: '13800138006' } };
    const refused = await world.call('owner', 'PATCH', `/${contactId}?purpose=subject-request`, body, headers);
    expect(refused.json().code).toBe('privacy.consent-required');
    expect(await stored(subjectId)).toEqual(before);
  });

  it('P-1010 an edit leaves one journal entry with names of fields and no value', async () => {
    const { subjectId } = await world.filled({ name: '林晓雯', mobile: '13800138007' });
    const entries = (await world.journalOf('crm.contact-edited.v1')).filter((row) => row.subject_id === subjectId);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ fields: 'name,mobile' });
    expect(JSON.stringify(entries)).not.toMatch(/林|13800138007/);
    expect(world.lines.join('\n')).not.toMatch(/林晓雯|13800138007/);
  });

  it('P-1006 one edits contacts of own and joined conversations; an officer edits none', async () => {
    const waiting = await world.person();
    const others = await world.person({ assignee: 'owner' });
    for (const { subjectId, contactId } of [waiting, others]) {
      await world.agree(subjectId, 'name');
      const answer = await world.edit('agent', contactId, { name: 'Lin' });
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'crm.contact-not-found']);
    }
    expect((await world.edit('officer', waiting.contactId, { name: 'Lin' })).json().code).toBe(
      'http.permission-missing',
    );
    expect((await world.edit('stranger', waiting.contactId, { name: 'Lin' })).statusCode).toBe(404);
    expect((await world.edit('owner', newId(), { name: 'Lin' })).statusCode).toBe(404);
  });

  it('P-0402 one asks for consent to a field once, and not after a no', async () => {
    const { subjectId, contactId } = await world.person({ assignee: 'agent' });
    await world.agree(subjectId, 'name');
    await world.decide(subjectId, SCOPES.wechat, 'refuse');
    const ask = (field: string, who: 'agent' | 'other' | 'officer' = 'agent') =>
      world.call(who, 'POST', `/${contactId}/consent-requests`, { field });
    expect((await ask('address')).statusCode).toBe(201);
    expect((await ask('address')).json().code).toBe('privacy.already-asked');
    expect((await ask('wechat')).json().code).toBe('privacy.refused-before');
    expect((await ask('name')).json().code).toBe('privacy.consent-not-needed');
    expect((await ask('idcard')).statusCode).toBe(422);
    expect((await ask('mobile', 'other')).json().code).toBe('crm.contact-not-found');
    expect((await ask('mobile', 'officer')).json().code).toBe('http.permission-missing');
    expect((await world.detail('agent', contactId)).asking).toEqual({
      ...{ name: 'not-needed', mobile: 'possible', email: 'possible', wechat: 'refused', address: 'asked' },
    });
    await world.agree(subjectId, 'address');
    expect((await world.detail('agent', contactId)).asking.address).toBe('not-needed');
    await world.decide(subjectId, SCOPES.address, 'withdraw');
    expect((await world.detail('agent', contactId)).asking).toMatchObject({ wechat: 'refused', address: 'withdrawn' });
    expect((await ask('address')).json().code).toBe('privacy.refused-before');
  });
});
