import { personHandle } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeskStage, openDeskStage } from '../testing/desk-stage.js';

const SCOPE = 'purpose/customer-relations';

describeColumns('consents at the desk on $column', (column) => {
  let stage: DeskStage;
  let subjectId: string;
  const records: string[] = [];

  const decide = async (who: string, decision: 'grant' | 'withdraw', scope = SCOPE) => {
    const { consents } = stage.world.platform.privacy;
    const [tenantId] = stage.world.tenants;
    const notice = (await consents.notice(tenantId, scope, 'en'))!;
    const made = await consents.decide({
      ...{ tenantId, subjectId: who, decision, scope, ...(decision === 'grant' ? { granted: true } : {}) },
      ...{ version: notice.version, noticeHash: notice.hash, locale: 'en', screen: 'widget.your-data' },
      ...{ channel: 'web-widget', method: 'switch', actor: 'visitor', correlationId: newId() },
    });
    stage.clock.advance(1000);
    return made.id;
  };
  const get = (path: string, who: 'officer' | 'agent' | 'stranger' = 'officer') => stage.call(who, 'GET', path);
  const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

  beforeAll(async () => {
    stage = await openDeskStage(column);
    subjectId = (await stage.person()).subjectId;
    records.push(await decide(subjectId, 'grant'));
    records.push(await decide((await stage.person()).subjectId, 'grant'));
    records.push(await decide(subjectId, 'withdraw'));
  });
  afterAll(() => stage?.close());

  it('P-0102 records are listed newest first, with what was asked, where, how and by whom', async () => {
    const { status, body } = await get('/consents');
    expect([status, body.items.map(({ id }: { id: string }) => id)]).toEqual([200, [...records].reverse()]);
    expect(body.items[2]).toEqual({
      ...{ id: records[0], subjectId, handle: personHandle(subjectId), scope: SCOPE, type: 'ordinary' },
      ...{ decision: 'grant', version: 1, noticeVersion: expect.any(Number), noticeHash: expect.any(String) },
      ...{ locale: 'en', screen: 'widget.your-data', channel: 'web-widget', method: 'switch', actor: 'visitor' },
      ...{ decidedAt: expect.any(Number), intact: true },
    });
  });

  it('P-0109 they are found by person, scope and decision, page by page', async () => {
    const idsOf = async (query: string) =>
      (await get(`/consents?${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await idsOf(`subjectId=${subjectId}`)).toEqual([records[2], records[0]]);
    expect(await idsOf(`decision=withdraw&scope=${encodeURIComponent(SCOPE)}`)).toEqual([records[2]]);
    expect(await idsOf('scope=purpose/marketing')).toEqual([]);
    const first = (await get('/consents?limit=2')).body;
    expect([first.items.length, first.next]).toEqual([2, expect.any(String)]);
    const rest = (await get(`/consents?limit=2&cursor=${encodeURIComponent(first.next)}`)).body;
    expect([rest.items.map(({ id }: { id: string }) => id), rest.next]).toEqual([[records[0]], null]);
  });

  it('P-0109 people are counted by what they say now', async () => {
    const { body } = await get('/consents/counts');
    expect(body.items).toContainEqual({ scope: SCOPE, granted: 1, superseded: 0, refused: 0, withdrawn: 1 });
  });

  it('P-0102 a record is evidence by itself: ISO/IEC TS 27560, with the register of its time and a seal that fits', async () => {
    const { status, body } = await get(`/consents/${records[0]}/evidence`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ schema_version: 'ISO/IEC TS 27560:2023', record_id: records[0], pii_principal_id: subjectId },
      pii_controller: stage.world.tenants[0],
      pii_processing: { purpose: 'customer-relations', lawful_basis: 'L-CONSENT', retention_period: 'P24M' },
      event: { event_state: 'consent given', entity_id: 'visitor', screen: 'widget.your-data' },
      proof: { algorithm: 'HMAC-SHA256', value: expect.stringMatching(/^[0-9a-f]{64}$/), intact: true },
    });
    const all = await get(`/consents/evidence?subjectId=${subjectId}`);
    expect(all.body.items.map(({ record_id }: { record_id: string }) => record_id)).toEqual([records[2], records[0]]);
    expect(all.body.items[1]).toEqual(body);
  });

  it('P-1010 P-0404 looking at evidence is on record: who, whose, how many', async () => {
    const person = await stage.person();
    const [first] = [await decide(person.subjectId, 'grant'), await decide(person.subjectId, 'withdraw')];
    await get(`/consents/${first}/evidence`);
    stage.clock.advance(1000);
    await get(`/consents/evidence?subjectId=${person.subjectId}`);
    await get(`/consents/${first}/evidence`, 'stranger');
    await get(`/consents/${first}/evidence`, 'agent');
    const journal = await stage.rows<{ detail: string; resource: string; actor: string }>(
      'SELECT detail, resource, actor FROM event_journal WHERE tenant_id = ? AND subject_id = ? AND kind = ? ' +
        'ORDER BY at',
      [person.subjectId, 'privacy.evidence-exported.v1'],
    );
    expect(journal.map(({ detail, resource }) => [JSON.parse(detail), resource])).toEqual([
      [{ count: 1 }, `consent:${first}`],
      [{ count: 2 }, `subject:${person.subjectId}`],
    ]);
    expect(journal.every(({ actor }) => actor.endsWith(stage.members.officer))).toBe(true);
    await stage.world.platform.desk.reads.flush();
    const { items } = (await get(`/reads?subjectId=${person.subjectId}`)).body;
    const who = { by: 'officer', role: 'privacy-officer', purpose: 'subject-request' };
    expect(items).toMatchObject([
      { ...who, range: `subject:${person.subjectId}` },
      { ...who, range: `consent:${first}` },
    ]);
  });

  it('P-0202 evidence keeps describing the function as it was when the person agreed', async () => {
    const { register } = (await get('/register')).body;
    const activities = register.activities.map((one: { purpose: string }) =>
      one.purpose === 'customer-relations' ? { ...one, retainMonths: 6 } : one,
    );
    stage.clock.advance(60_000);
    const change = { baseVersion: 1, register: { ...register, activities }, note: 'Keep less' };
    expect((await stage.call('officer', 'PUT', '/register', change)).body.version).toBe(2);
    stage.clock.advance(1000);
    const later = await decide((await stage.person()).subjectId, 'grant');
    const monthsOf = async (id: string) => (await get(`/consents/${id}/evidence`)).body.pii_processing.retention_period;
    expect([await monthsOf(records[0]!), await monthsOf(later)]).toEqual(['P24M', 'P6M']);
  });

  it('P-0102 a record that was changed afterwards says so', async () => {
    const { work } = stage.world.platform;
    const [tenantId] = stage.world.tenants;
    await work.upkeep(
      async (tx) =>
        tx.run("UPDATE privacy_consent_record SET screen = 'widget.notice' WHERE tenant_id = ? AND id = ?", [
          tenantId,
          records[1]!,
        ]),
      new Set([tenantId]),
    );
    expect((await get(`/consents/${records[1]}/evidence`)).body.proof.intact).toBe(false);
    const { items } = (await get('/consents')).body;
    expect(items.find(({ id }: { id: string }) => id === records[1]).intact).toBe(false);
  });

  it('P-1006 P-0211 only who may read, and nothing of another tenant', async () => {
    const foreign = (await stage.person(1)).subjectId;
    for (const path of ['/consents', '/consents/counts', `/consents/${records[0]}/evidence`]) {
      expect(code(await get(path, 'agent'))).toEqual([403, 'http.permission-missing']);
    }
    expect((await get('/consents', 'stranger')).body).toEqual({ items: [], next: null });
    for (const id of [records[0], newId()]) {
      expect(code(await get(`/consents/${id}/evidence`, 'stranger'))).toEqual([404, 'privacy.consent-not-found']);
    }
    for (const nobody of [foreign, newId()]) {
      for (const path of ['/consents', '/consents/evidence']) {
        expect(code(await get(`${path}?subjectId=${nobody}`))).toEqual([404, 'privacy.subject-not-found']);
      }
    }
  });

  it.each([
    'subjectId=x',
    'decision=agree',
    'limit=0',
    'limit=201',
    'limit=ten',
    'purpose=marketing',
    `scope=${'x'.repeat(121)}`,
  ])('P-1016 a malformed query is refused: %s', async (query) => {
    expect((await get(`/consents?${query}`)).status).toBe(422);
  });
});
