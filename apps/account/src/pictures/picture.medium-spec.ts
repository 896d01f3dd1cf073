import { MEMBER_NOTICE } from '@libs/auth';
import { runInTenant } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { aPicture } from '../../../../libs/auth/src/testing/a-picture.js';
import { type AccountWorld, cookieOf, openAccountWorld, PASSWORD } from '../account-world.fixture.js';

const PNG = { 'content-type': 'image/png' };
const SECRET = 'kanari in the pixels';

describeColumns('the picture of a member on $column', (column) => {
  let world: AccountWorld;
  let count = 0;
  let ada: Person;
  let bo: Person;

  interface Person {
    readonly memberId: string;
    readonly subjectId: string;
    readonly cookie: string;
  }
  const add = async (role: 'agent' | 'admin' | 'privacy-officer' = 'agent', at = 0): Promise<Person> => {
    const email = `pictured${++count}@alpha.example`;
    const { loginId } = await world.auth.accounts.createLogin({ email, password: PASSWORD });
    const tenantId = world.stage.tenants[at]!;
    const member = await world.auth.accounts.createMember({ tenantId, loginId, role, displayName: `P${count}` });
    const owner = { tenantId, memberId: member.memberId };
    await world.auth.notices.confirm(owner, { version: MEMBER_NOTICE.version, locale: 'en' }, 'test');
    const answer = await world.call('POST', '/sign-in', { payload: { identifier: email, password: PASSWORD } });
    return { ...member, cookie: cookieOf(answer) };
  };
  const put = (bytes: Buffer, { cookie }: Person = ada, headers: Readonly<Record<string, string>> = PNG) =>
    world.call('PUT', '/me/picture', { cookie, payload: bytes, headers });
  const own = ({ cookie }: Person = ada) => world.call('GET', '/me/picture', { cookie });
  const seen = (of: Person, by: Person) => world.call('GET', `/members/${of.memberId}/picture`, { cookie: by.cookie });
  const marks = async ({ cookie }: Person) => (await world.call('GET', '/pictures', { cookie })).json().items;
  const refused = (answer: Awaited<ReturnType<typeof put>>) => [answer.statusCode, answer.json().code];
  const rows = (sql: string, params: readonly string[]) => {
    const [tenantId] = world.stage.tenants;
    return runInTenant({ tenantId, actor: { kind: 'system', id: 't' }, correlationId: 't' }, async () =>
      world.stage.platform.database.reader.all(sql, [tenantId, ...params]),
    );
  };

  beforeAll(async () => {
    world = await openAccountWorld(column);
  });
  beforeEach(async () => {
    [ada, bo] = [await add(), await add()];
  });
  afterAll(() => world?.close());

  it('F-0104 F-0105 is there for oneself and for colleagues, and nothing is there before', async () => {
    expect(refused(await own())).toEqual([404, 'account.picture-not-found']);
    expect(refused(await seen(ada, bo))).toEqual([404, 'account.picture-not-found']);
    const { mark } = (await put(aPicture(64, SECRET))).json();
    for (const answer of [await own(), await seen(ada, bo)]) {
      expect(answer.statusCode).toBe(200);
      expect(answer.rawPayload.equals(aPicture(64, SECRET))).toBe(true);
    }
    expect(await marks(bo)).toEqual(expect.arrayContaining([{ memberId: ada.memberId, mark }]));
    expect((await put(aPicture(96))).json().mark).not.toBe(mark);
    expect((await own()).rawPayload.equals(aPicture(96))).toBe(true);
    expect((await world.call('DELETE', '/me/picture', { cookie: ada.cookie })).statusCode).toBe(204);
    expect(refused(await own())).toEqual([404, 'account.picture-not-found']);
    expect((await marks(bo)).map(({ memberId }: { memberId: string }) => memberId)).not.toContain(ada.memberId);
    expect((await world.call('DELETE', '/me/picture', { cookie: ada.cookie })).statusCode).toBe(204);
  });

  it('F-0104 the biggest that a body may be is kept whole', async () => {
    const biggest = aPicture(140, SECRET, 0);
    expect(biggest.length).toBeGreaterThan(58_000);
    expect((await put(biggest)).statusCode).toBe(200);
    expect((await own()).rawPayload.equals(biggest)).toBe(true);
    expect(refused(await put(aPicture(150, '', 0)))).toEqual([413, 'http.body-too-large']);
    expect((await own()).rawPayload.equals(biggest)).toBe(true);
  });

  it.each<readonly [what: string, bytes: Buffer, headers: Readonly<Record<string, string>>, code: string]>([
    ['text under the name of a picture', Buffer.from('no picture'), PNG, 'account.picture-invalid'],
    ['nothing', Buffer.alloc(0), PNG, 'account.picture-invalid'],
    ['a file behind a picture', Buffer.concat([aPicture(), Buffer.from('<script/>')]), PNG, 'account.picture-invalid'],
    ['a drawing', Buffer.from('<svg/>'), { 'content-type': 'image/svg+xml' }, 'http.unsupported-media-type'],
    ['JSON', Buffer.from('{}'), { 'content-type': 'application/json' }, 'http.unsupported-media-type'],
  ])('F-0104 F-0105 %s is refused with 415, and the former picture stays', async (_what, bytes, headers, code) => {
    await put(aPicture(48));
    expect(refused(await put(bytes, ada, headers))).toEqual([415, code]);
    expect((await own()).rawPayload.equals(aPicture(48))).toBe(true);
  });

  it('F-0104 P-1016 is served as a picture and as nothing else, and no cache keeps it', async () => {
    await put(aPicture());
    for (const { headers } of [await own(), await seen(ada, bo)]) {
      expect(headers).toMatchObject({
        ...{ 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' },
        ...{ 'cross-origin-resource-policy': 'same-origin' },
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
  });

  it('F-0104 P-1016 whoever signs in next on the same device sees their own, and after signing out there is none', async () => {
    await put(aPicture());
    // The address is the same, the picture is not.
    const missing = await own(bo);
    expect([missing.headers['content-type'], refused(missing)]).toEqual([
      ...[expect.stringContaining('json'), [404, 'account.picture-not-found']],
    ]);
    await world.call('POST', '/sign-out', { cookie: ada.cookie });
    expect((await own()).statusCode).toBe(401);
    expect((await world.call('GET', `/members/${ada.memberId}/picture`)).statusCode).toBe(401);
  });

  it('F-0105 P-0211 nobody else changes it, no other workspace sees it, and an officer sees only their own', async () => {
    await put(aPicture());
    await put(aPicture(33), bo);
    const [stranger, officer] = [await add('agent', 1), await add('privacy-officer')];
    const foreign = await seen(ada, stranger);
    expect(refused(foreign)).toEqual([404, 'account.picture-not-found']);
    expect(await marks(stranger)).toEqual([]);
    expect(refused(await seen(ada, officer))).toEqual([403, 'http.permission-missing']);
    const { mark } = (await put(aPicture(34), officer)).json();
    expect(await marks(officer)).toEqual([{ memberId: officer.memberId, mark }]);
    expect((await own(officer)).rawPayload.equals(aPicture(34))).toBe(true);
    for (const method of ['PUT', 'DELETE'] as const) {
      const path = `/members/${ada.memberId}/picture`;
      expect((await world.call(method, path, { cookie: bo.cookie })).statusCode).toBe(404);
    }
    const elsewhere = { cookie: ada.cookie, payload: aPicture(35), headers: PNG, origin: 'https://evil.example' };
    expect(refused(await world.call('PUT', '/me/picture', elsewhere))).toEqual([403, 'http.foreign-origin']);
    expect((await own()).rawPayload.equals(aPicture())).toBe(true);
  });

  it('P-0301 lies sealed, bound to its person, with an entry in the journal that says only that', async () => {
    await put(aPicture(32, SECRET, 0));
    const [row] = await rows('SELECT picture_sealed FROM auth_picture WHERE tenant_id = ? AND member_id = ?', [
      ada.memberId,
    ]);
    const lying = Buffer.from(row!.picture_sealed as Buffer).toString('latin1');
    expect(lying).not.toContain(SECRET);
    expect(lying).not.toContain(Buffer.from(SECRET).toString('base64').slice(2, -4));
    await world.call('DELETE', '/me/picture', { cookie: ada.cookie });
    const journal = await rows(
      'SELECT kind, fields, subject_id FROM event_journal WHERE tenant_id = ? AND resource = ? AND fields = ?',
      [`member:${ada.memberId}`, 'picture'],
    );
    expect(journal.map(({ kind, subject_id: subject }) => [kind, subject])).toEqual([
      ['account.picture-changed.v1', ada.subjectId],
      ['account.picture-removed.v1', ada.subjectId],
    ]);
  });

  it('F-0209 of a disabled member nobody sees it; it is there again when they return', async () => {
    await put(aPicture());
    const admin = await add('admin');
    const change = (act: string, version: number) =>
      world.call('POST', `/members/${ada.memberId}/${act}`, { cookie: admin.cookie, payload: { version } });
    expect((await change('disable', 1)).statusCode).toBe(200);
    expect(refused(await seen(ada, admin))).toEqual([404, 'account.picture-not-found']);
    expect((await marks(admin)).map(({ memberId }: { memberId: string }) => memberId)).not.toContain(ada.memberId);
    expect((await own()).statusCode).toBe(401);
    expect((await change('enable', 2)).statusCode).toBe(200);
    expect((await seen(ada, admin)).statusCode).toBe(200);
  });

  it('P-1307 goes with the person', async () => {
    await put(aPicture());
    await put(aPicture(33), bo);
    const [a] = world.stage.tenants;
    await world.stage.platform.upkeep.destruction.destroySubject(a, ada.subjectId);
    expect(
      await rows('SELECT member_id FROM auth_picture WHERE tenant_id = ? AND subject_id = ?', [ada.subjectId]),
    ).toEqual([]);
    expect((await own()).statusCode).toBe(401);
    expect(refused(await seen(ada, bo))).toEqual([404, 'account.picture-not-found']);
    expect((await own(bo)).statusCode).toBe(200);
  });
});
