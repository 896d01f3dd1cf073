import { newId } from '@libs/kernel';
import type { Reader } from '@libs/privacy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeskStage, openDeskStage } from '../testing/desk-stage.js';

describeColumns('who has seen my data, at the desk on $column', (column) => {
  let stage: DeskStage;

  const reader = (memberId: string, range: string): Reader => ({
    ...{ tenantId: stage.world.tenants[0], memberId, correlationId: newId(), role: 'agent' },
    ...{ purpose: 'customer-relations', range },
  });
  const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

  beforeAll(async () => {
    stage = await openDeskStage(column);
  });
  afterAll(() => stage?.close());

  it('P-0404 P-1010 the officer sees who, when, which fields and what for; never a value', async () => {
    const { reads } = stage.world.platform.desk;
    const { subjectId, contactId } = await stage.person();
    const one = { subjects: [subjectId], fields: ['contact.address'], masked: 0 } as const;
    reads.note({ ...one, reader: reader(stage.members.agent, `contact:${contactId}`) });
    await reads.flush();
    stage.clock.advance(1000);
    await reads.noteNow({ ...one, reader: reader('nightly-export', 'contacts 25') }, { code: 'identity-check' });
    const { body } = await stage.call('officer', 'GET', `/reads?subjectId=${subjectId}`);
    expect(body).toEqual({
      items: [
        {
          ...{ id: expect.any(String), at: stage.clock.now(), by: 'nightly-export', role: 'agent' },
          ...{ purpose: 'customer-relations', fields: ['contact.address'], range: 'contacts 25' },
          ...{ reason: 'identity-check', basis: null, basisNote: null },
        },
        expect.objectContaining({ by: 'agent', range: `contact:${contactId}`, reason: null }),
      ],
      next: null,
    });
  });

  it('P-1006 P-0211 only who may read, and only about people of the own tenant', async () => {
    const { subjectId } = await stage.person();
    const foreign = await stage.person(1);
    expect(code(await stage.call('agent', 'GET', `/reads?subjectId=${subjectId}`))).toEqual([
      ...[403, 'http.permission-missing'],
    ]);
    for (const nobody of [foreign.subjectId, newId()]) {
      expect(code(await stage.call('officer', 'GET', `/reads?subjectId=${nobody}`))).toEqual([
        ...[404, 'privacy.subject-not-found'],
      ]);
    }
    for (const bad of ['', '?subjectId=x', `?subjectId=${subjectId}&cursor=1`, `?subjectId=${subjectId}&purpose=x`]) {
      expect((await stage.call('officer', 'GET', `/reads${bad}`)).status).toBe(422);
    }
  });
});
