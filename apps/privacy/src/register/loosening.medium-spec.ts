import type { RegisterActivity } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { DEFAULT_REGISTER, type Register } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeskStage, openDeskStage, type Person } from '../testing/desk-stage.js';

/** The default with agents seeing names. */
const looser: Register = {
  ...DEFAULT_REGISTER,
  fields: DEFAULT_REGISTER.fields.map((policy) =>
    policy.field === 'contact.name' ? { ...policy, roles: { ...policy.roles, agent: 'plain' } } : policy,
  ),
};

function withRole(field: string, role: string, sees: 'plain' | 'none', register: Register): Register['fields'] {
  return register.fields.map((one) => (one.field === field ? { ...one, roles: { ...one.roles, [role]: sees } } : one));
}

describeColumns('a looser register at the desk on $column', (column) => {
  let stage: DeskStage;

  const ask = (who: Person, more: object = {}) =>
    stage.call(who, 'POST', '/approvals', {
      ...{ kind: 'loosen-fields', fields: ['contact.name'], register: looser, reason: 'Agents call people by name' },
      ...more,
    });
  const change = (who: Person, more: object = {}) =>
    stage.call(who, 'PUT', '/register', { baseVersion: 1, register: looser, note: 'Agents see names', ...more });
  const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

  beforeAll(async () => {
    stage = await openDeskStage(column);
  });
  afterAll(() => stage?.close());

  it('P-1007 only who manages the register asks for it, and only where somebody would see more', async () => {
    expect(code(await ask('supervisor'))).toEqual([403, 'http.permission-missing']);
    expect(code(await ask('officer', { register: DEFAULT_REGISTER }))).toEqual([422, 'privacy.approval-invalid']);
    const { body } = await stage.person().then(({ contactId }) => ask('officer', { contactIds: [contactId] }));
    expect(body.code).toBe('privacy.approval-invalid');
  });

  it('P-1007 P-0202 the fields are those it really loosens, and the change needs exactly that approval, once', async () => {
    const asked = await ask('officer', { fields: ['chat.note'] });
    expect([asked.status, asked.body.fields, asked.body.people]).toEqual([201, ['contact.name'], 0]);
    const opened = { field: 'contact.name', aspect: 'role', of: 'agent', before: 'masked', after: 'plain' };
    expect(asked.body.changes).toEqual([opened]);
    const [shown] = (await stage.call('second', 'GET', '/approvals')).body.items;
    expect([shown.decidable, shown.changes]).toEqual([true, [opened]]);
    const { id: approvalId } = asked.body;
    const required = [403, 'privacy.approval-required'];
    expect(code(await change('officer'))).toEqual(required);
    expect(code(await change('officer', { approvalId }))).toEqual(required);
    await stage.call('second', 'POST', `/approvals/${approvalId}/approve`);
    const fields = looser.fields.map((one) => ({ ...one, roles: { ...one.roles, agent: 'plain' } }));
    expect(code(await change('officer', { approvalId, register: { ...looser, fields } }))).toEqual(required);
    expect(code(await change('second', { approvalId }))).toEqual(required);
    expect(code(await change('officer', { approvalId: newId() }))).toEqual([404, 'privacy.approval-not-found']);
    const changed = await change('officer', { approvalId });
    expect([changed.status, changed.body.version, changed.body.changedBy]).toEqual([200, 2, 'officer']);
    const { items } = (await stage.call('officer', 'GET', '/approvals')).body;
    expect(items.find(({ id }: { id: string }) => id === approvalId).state).toBe('used');
  });

  it('P-1007 an approval covers what was seen: where the register was tightened meanwhile it does not fit', async () => {
    const open = { ...looser, fields: withRole('contact.mobile', 'agent', 'plain', looser) };
    const { body } = await ask('officer', { register: open });
    await stage.call('second', 'POST', `/approvals/${body.id}/approve`);
    const tighter = { ...looser, fields: withRole('contact.name', 'owner', 'none', looser) };
    expect((await change('officer', { baseVersion: 2, register: tighter })).body.version).toBe(3);
    const late = await change('officer', { baseVersion: 3, register: open, approvalId: body.id });
    expect(code(late)).toEqual([403, 'privacy.approval-required']);
  });

  it('P-1007 the approval carries the proposal: seen whole by who decides, applied after a reload, never over a newer one', async () => {
    const { version, register } = (await stage.call('officer', 'GET', '/register')).body;
    const activities = register.activities.map((one: RegisterActivity) =>
      one.purpose === 'customer-relations'
        ? { ...one, basis: 'L-CONTRACT', basisNote: 'Order', retainMonths: one.retainMonths + 1 }
        : one,
    );
    const proposal = { ...register, activities };
    const outdated = await ask('officer', { register: proposal, baseVersion: version - 1 });
    expect(code(outdated)).toEqual([409, 'privacy.register-changed']);
    const asked = await ask('officer', { register: proposal, baseVersion: version });
    expect(asked.body.changes.map(({ aspect }: { aspect: string }) => aspect)).toContain('purpose');
    const listed = async (who: Person) =>
      (await stage.call(who, 'GET', '/approvals')).body.items.find(({ id }: { id: string }) => id === asked.body.id);
    expect((await listed('second')).proposal).toEqual({ baseVersion: version, register: proposal });
    await stage.call('second', 'POST', `/approvals/${asked.body.id}/approve`);
    // Somebody changes a word meanwhile: nothing looser, but what was agreed to was over another version.
    const note = register.activities.map((one: RegisterActivity) => ({ ...one, basisNote: 'word' }));
    expect(
      (await change('officer', { baseVersion: version, register: { ...register, activities: note } })).status,
    ).toBe(200);
    const { proposal: kept } = await listed('officer');
    const approvalId = asked.body.id;
    expect(code(await change('officer', { ...kept, approvalId }))).toEqual([409, 'privacy.register-changed']);
    const over = await change('officer', { ...kept, baseVersion: version + 1, approvalId });
    expect(code(over)).toEqual([403, 'privacy.approval-required']);
    // Asked again over what is in force, it is applied from what the server kept.
    const again = await ask('officer', { register: proposal, baseVersion: version + 1 });
    await stage.call('second', 'POST', `/approvals/${again.body.id}/approve`);
    const { items } = (await stage.call('officer', 'GET', '/approvals')).body;
    const mine = items.find(({ id }: { id: string }) => id === again.body.id);
    const applied = await change('officer', { ...mine.proposal, note: mine.reason, approvalId: mine.id });
    expect([applied.status, applied.body.version]).toEqual([200, version + 2]);
    const used = (await stage.call('officer', 'GET', '/approvals')).body.items;
    expect(used.find(({ id }: { id: string }) => id === again.body.id)).toMatchObject({
      state: 'used',
      proposal: null,
    });
  });
});
