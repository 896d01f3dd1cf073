import { personHandle } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { DEFAULT_REGISTER } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeskStage, openDeskStage, type Person } from '../testing/desk-stage.js';

const DAY = 24 * 3_600_000;
describeColumns('approvals at the desk on $column', (column) => {
  let stage: DeskStage;
  let contactId: string;
  let subjectId: string;

  const ask = (who: Person, more: object = {}) =>
    stage.call(who, 'POST', '/approvals', {
      ...{ kind: 'bulk-reveal', fields: ['contact.mobile'], contactIds: [contactId], reason: 'Recall of a product' },
      ...more,
    });
  const act = (who: Person, id: string, what: 'approve' | 'refuse' | 'cancel') =>
    stage.call(who, 'POST', `/approvals/${id}/${what}`);
  const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

  beforeAll(async () => {
    stage = await openDeskStage(column);
    ({ contactId, subjectId } = await stage.person());
  });
  afterAll(() => stage?.close());

  it('P-1007 a supervisor asks, an officer decides, both see who and what for', async () => {
    const asked = await ask('supervisor');
    expect(asked).toEqual({
      status: 201,
      body: {
        ...{ id: expect.any(String), kind: 'bulk-reveal', state: 'pending', reason: 'Recall of a product' },
        requestedBy: { memberId: stage.members.supervisor, name: 'supervisor' },
        ...{ requestedAt: stage.clock.now(), expiresAt: stage.clock.now() + DAY, fields: ['contact.mobile'] },
        ...{ changes: [], proposal: null, people: 1, decidedBy: null, decidedAt: null, mine: true, decidable: false },
        handles: [personHandle(subjectId)],
      },
    });
    const { body } = await stage.call('officer', 'GET', '/approvals');
    expect(body.items[0]).toMatchObject({ id: asked.body.id, mine: false, decidable: true });
    // Nobody agrees to a reveal of people unseen.
    expect(body.items[0].handles).toEqual([personHandle(subjectId)]);
    const approved = await act('officer', asked.body.id, 'approve');
    expect(approved.body).toMatchObject({
      ...{ state: 'approved', decidedBy: { name: 'officer' }, decidedAt: stage.clock.now(), decidable: false },
    });
  });

  it('P-1007 who asked cannot decide, whatever their role', async () => {
    for (const who of ['owner', 'officer'] as const) {
      const { body } = await ask(who);
      for (const what of ['approve', 'refuse'] as const) {
        expect(code(await act(who, body.id, what))).toEqual([403, 'privacy.self-approval']);
      }
    }
  });

  it('P-1007 a supervisor decides nothing and sees only what they asked for', async () => {
    const { body } = await ask('officer');
    expect(code(await act('supervisor', body.id, 'approve'))).toEqual([403, 'http.permission-missing']);
    const { items } = (await stage.call('supervisor', 'GET', '/approvals')).body;
    expect(items.every(({ mine }: { mine: boolean }) => mine)).toBe(true);
  });

  it('P-1006 an agent neither asks, looks nor decides', async () => {
    const { body } = await ask('officer');
    const refused = [403, 'http.permission-missing'];
    expect(code(await ask('agent'))).toEqual(refused);
    expect(code(await stage.call('agent', 'GET', '/approvals'))).toEqual(refused);
    for (const what of ['approve', 'refuse', 'cancel'] as const) {
      expect(code(await act('agent', body.id, what))).toEqual(refused);
    }
    expect((await stage.call(null, 'GET', '/approvals')).status).toBe(401);
  });

  it('P-1007 decided twice, after its time, or by somebody else taken back', async () => {
    const { body } = await ask('supervisor');
    expect((await act('officer', body.id, 'refuse')).body.state).toBe('refused');
    expect(code(await act('second', body.id, 'approve'))).toEqual([409, 'privacy.approval-decided']);
    const other = (await ask('supervisor')).body;
    expect(code(await act('officer', other.id, 'cancel'))).toEqual([403, 'privacy.approval-not-yours']);
    const late = (await ask('supervisor')).body;
    await stage.later(DAY);
    expect(code(await act('officer', other.id, 'approve'))).toEqual([403, 'privacy.approval-expired']);
    const { items } = (await stage.call('officer', 'GET', '/approvals')).body;
    const found = items.find((item: { id: string }) => item.id === other.id);
    expect(found).toMatchObject({ state: 'expired', decidable: false });
    expect(code(await act('supervisor', late.id, 'cancel'))).toEqual([403, 'privacy.approval-expired']);
    const { id } = (await ask('supervisor')).body;
    expect((await act('supervisor', id, 'cancel')).body.state).toBe('cancelled');
  });

  it.each([
    ['another kind', { kind: 'export' }],
    ['fields that are no list', { fields: 'contact.mobile' }],
    ['an unknown field', { fields: ['contact.shoe-size'] }],
    ['no field', { fields: [] }],
    ['no reason', { reason: '' }],
    ['a reason that is too long', { reason: 'x'.repeat(201) }],
    ['nobody', { contactIds: [] }],
    ['no id', { contactIds: ['nobody'] }],
    ['no contacts', { contactIds: undefined }],
    ['a decision of its own', { approvedBy: 'me' }],
    ['contacts and a register', { register: DEFAULT_REGISTER }],
  ])('P-1016 a request with %s is refused and stored nowhere', async (_, more) => {
    const count = 'SELECT COUNT(*) AS n FROM privacy_approval WHERE tenant_id = ?';
    const before = await stage.rows(count);
    expect((await ask('officer', more)).status).toBe(422);
    expect(await stage.rows(count)).toEqual(before);
  });

  it('P-0211 contacts and approvals of another tenant are answered like ones that exist nowhere', async () => {
    const foreign = await stage.person(1);
    for (const contact of [foreign.contactId, newId()]) {
      const answer = await ask('officer', { contactIds: [contactId, contact] });
      expect(code(answer)).toEqual([404, 'privacy.contact-not-found']);
    }
    const { body } = await ask('officer');
    for (const id of [body.id, newId()]) {
      for (const what of ['approve', 'refuse', 'cancel'] as const) {
        expect(code(await act('stranger', id, what))).toEqual([404, 'privacy.approval-not-found']);
      }
    }
    expect((await stage.call('stranger', 'GET', '/approvals')).body).toEqual({ items: [] });
  });
});
