import { runInTenant } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AccountWorld, cookieOf, openAccountWorld, PASSWORD } from '../account-world.fixture.js';

const NEXT = 'amber-Violin-47-meadow';

interface Person {
  readonly email: string;
  readonly mobile: string;
  readonly memberId: string;
  readonly subjectId: string;
}

describeColumns('one’s own data on $column', (column) => {
  let world: AccountWorld;
  let count = 0;
  let ada: Person;
  let cookie: string;
  beforeAll(async () => {
    world = await openAccountWorld(column);
  });
  afterAll(() => world?.close());

  const add = async (role: 'agent' | 'admin' = 'agent', everywhere = false): Promise<Person> => {
    const n = ++count;
    const [email, mobile] = [`person${n}@alpha.example`, `+86139${String(20_000_000 + n)}`];
    const { loginId } = await world.auth.accounts.createLogin({ email, mobile, password: PASSWORD });
    const member = { loginId, role, displayName: `Person ${n}` };
    const [a, b] = world.stage.tenants;
    if (everywhere) await world.auth.accounts.createMember({ ...member, tenantId: b });
    return { email, mobile, ...(await world.auth.accounts.createMember({ ...member, tenantId: a })) };
  };
  const signIn = async (identifier: string, password = PASSWORD, tenantId?: string) =>
    world.call('POST', '/sign-in', {
      payload: { identifier, password, ...(tenantId ? { tenantId } : {}) },
    });
  const session = async (email: string, tenantId?: string) => cookieOf(await signIn(email, PASSWORD, tenantId));
  const profile = async (as = cookie) => (await world.call('GET', '/me/profile', { cookie: as })).json();
  const edit = (version: number, fields: object, as = cookie) =>
    world.call('PATCH', '/me/profile', { cookie: as, payload: { version, fields } });
  const status = async (as: string) => (await world.call('GET', '/me', { cookie: as })).statusCode;

  beforeEach(async () => {
    ada = await add();
    cookie = await session(ada.email);
  });

  it('F-0114 P-0304 own data is shown in full, with everything optional empty', async () => {
    const optional = ['nickname', 'realName', 'telephone', 'fax', 'contactAddress', 'region', 'position', 'interest'];
    expect(await profile()).toEqual({
      ...{
        displayName: `Person ${count}`,
        email: ada.email,
        emailVerifiedAt: null,
        mobile: ada.mobile,
        mobileVerifiedAt: null,
      },
      ...Object.fromEntries(optional.map((name) => [name, null])),
      ...{ locked: ['position', 'email', 'mobile'], version: 0 },
    });
  });

  it('F-0104 F-0105 fields are kept sealed; visitors are shown the nickname, colleagues the name', async () => {
    const fields = {
      nickname: '小艾',
      contactAddress: '中关村大街 1 号',
      telephone: '010 8888 6666',
      displayName: 'Ada L.',
    };
    const answer = await edit(0, fields);
    expect(answer.json()).toMatchObject({ ...fields, version: 1, realName: null });
    const [a] = world.stage.tenants;
    const rows = await runInTenant({ tenantId: a, actor: { kind: 'system', id: 't' }, correlationId: 't' }, async () =>
      world.stage.platform.database.reader.all('SELECT * FROM auth_profile WHERE tenant_id = ? AND member_id = ?', [
        a,
        ada.memberId,
      ]),
    );
    const raw = Object.values(rows[0]!).map((value) =>
      value instanceof Object ? Buffer.from(value as Buffer) : value,
    );
    expect(raw.join()).not.toMatch(/小艾|中关村|8888/);
    await world.stage.platform.feed.poll();
    const { names } = world.auth;
    expect((await names.inService.nameOf(a, [ada.memberId])).get(ada.memberId)).toBe('小艾');
    expect((await names.nameOf(a, [ada.memberId])).get(ada.memberId)).toBe('Ada L.');
    expect((await edit(1, { nickname: null })).json()).toMatchObject({ nickname: null, version: 2 });
    await world.stage.platform.feed.poll();
    expect((await names.inService.nameOf(a, [ada.memberId])).get(ada.memberId)).toBe('Ada L.');
  });

  it('F-0114 two browsers edit: the second learns which fields the first has changed, and nothing is lost', async () => {
    await edit(0, { nickname: 'One' });
    await edit(1, { region: 'Beijing' });
    const late = await edit(1, { nickname: 'Two' });
    expect([late.statusCode, late.json().code]).toEqual([409, 'account.profile-changed']);
    const details = { version: 2, fields: 'region', changedBy: 'you', changedAt: expect.any(Number) };
    expect(late.json().details).toEqual(details);
    const both = await Promise.all([edit(2, { fax: '1' }), edit(2, { fax: '2' })]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });

  it.each(['email', 'mobile', 'position'])('F-0114 the locked field %s is refused by name', async (field) => {
    const answer = await edit(0, { [field]: 'x', nickname: 'kept out' });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'account.field-locked']);
    expect(answer.json().details.fields).toBe(field);
    expect((await profile()).nickname).toBeNull();
  });

  it('F-0114 an admin says what position they have', async () => {
    const admin = await add('admin');
    const as = await session(admin.email);
    const answer = await edit(0, { position: 'Head of service' }, as);
    expect([answer.statusCode, answer.json().position]).toEqual([200, 'Head of service']);
  });

  it('F-0105 what the server sets is not taken from a client, and a disguised nickname is refused', async () => {
    for (const fields of [
      { updatedAt: 1 },
      { nickname: 'a\u202Eb' },
      { nickname: 'x'.repeat(400) },
      { displayName: null },
    ]) {
      expect((await edit(0, fields)).statusCode).toBe(422);
    }
    expect((await profile()).version).toBe(0);
  });

  it('F-0112 a new password ends all other sessions in every workspace, and the old one opens nothing', async () => {
    const bo = await add('agent', true);
    const [a, b] = world.stage.tenants;
    const [mine, other, elsewhere] = [
      await session(bo.email, a),
      await session(bo.email, a),
      await session(bo.email, b),
    ];
    const change = (proof: object) =>
      world.call('PUT', '/me/password', { cookie: mine, payload: { proof, password: NEXT } });
    const refused = await change({ password: 'not-the-password' });
    expect(refused.statusCode).toBe(403);
    expect(await Promise.all([mine, other, elsewhere].map(status))).toEqual([200, 200, 200]);
    expect((await change({ password: PASSWORD })).statusCode).toBe(204);
    expect(await Promise.all([mine, other, elsewhere].map(status))).toEqual([200, 401, 401]);
    expect((await signIn(bo.email, PASSWORD, a)).statusCode).toBe(401);
    expect((await signIn(bo.email, NEXT, a)).statusCode).toBe(200);
  });

  it('F-0112 a failed proof changes nothing, and guessing is locked', async () => {
    const change = (password: string) =>
      world.call('PUT', '/me/email', {
        ...{ cookie, address: '203.0.113.50' },
        payload: { proof: { password }, email: 'thief@evil.example' },
      });
    for (let n = 0; n < 10; n++) expect((await change(`guess-number-${n}`)).statusCode).toBe(403);
    expect((await change(PASSWORD)).statusCode).toBe(429);
    expect((await profile()).email).toBe(ada.email);
  });

  it('F-0112 P-0304 mail and number are changed with proof; one that another login has is refused', async () => {
    const bo = await add();
    const proof = { password: PASSWORD };
    const put = (path: string, payload: object) => world.call('PUT', path, { cookie, payload: { proof, ...payload } });
    const taken = await put('/me/email', { email: bo.email });
    expect([taken.statusCode, taken.json().code]).toEqual([409, 'account.email-taken']);
    const used = await put('/me/mobile', { mobile: bo.mobile });
    expect([used.statusCode, used.json().code]).toEqual([409, 'account.mobile-taken']);
    expect((await put('/me/email', { email: `New-${ada.email}` })).json()).toEqual({ linkSent: false });
    expect((await put('/me/mobile', { mobile: `135 ${ada.mobile.slice(6)}` })).statusCode).toBe(204);
    const now = await profile();
    expect([now.email, now.mobile]).toEqual([`new-${ada.email}`, `+86135${ada.mobile.slice(6)}`]);
    expect((await signIn(ada.email)).statusCode).toBe(401);
    expect((await signIn(`new-${ada.email}`)).statusCode).toBe(200);
  });

  it.each(['email', 'mobile'])(
    'F-0112 P-1012 without letters and messages %s answers tell of others five times a day',
    async (what) => {
      const bo = await add();
      const put = (value: string) =>
        world.call('PUT', `/me/${what}`, { cookie, payload: { proof: { password: PASSWORD }, [what]: value } });
      const taken = what === 'email' ? bo.email : bo.mobile;
      for (let n = 0; n < 5; n++) expect((await put(taken)).statusCode).toBe(409);
      const limited = await put(taken);
      expect([limited.statusCode, limited.json().code]).toEqual([429, 'account.change-limit']);
      expect(limited.json().details.retryAfterMs).toBeGreaterThan(0);
      world.clock.advance(24 * 3_600_000);
      cookie = await session(ada.email);
      expect((await put(taken)).statusCode).toBe(409);
    },
  );

  it('F-0209 a login goes from one workspace to another, and into no third one', async () => {
    const bo = await add('agent', true);
    const [a, b] = world.stage.tenants;
    const here = await session(bo.email, a);
    const list = await world.call('GET', '/workspaces', { cookie: here });
    expect(list.json().items.map(({ slug, current }: { slug: string; current: boolean }) => [slug, current])).toEqual([
      ['alpha', true],
      ['beta', false],
    ]);
    await edit(0, { nickname: 'only in alpha' }, here);
    const gone = await world.call('POST', '/workspaces/switch', { cookie: here, payload: { tenantId: b } });
    expect([gone.statusCode, gone.json().tenant?.slug]).toEqual([200, 'beta']);
    expect(await status(here)).toBe(401);
    expect((await profile(cookieOf(gone))).nickname).toBeNull();
    const refused = await world.call('POST', '/workspaces/switch', { cookie, payload: { tenantId: b } });
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'account.no-workspace']);
  });

  it('P-1307 the profile goes with the person', async () => {
    await edit(0, { nickname: 'gone', realName: 'Ada Gone' });
    const [a] = world.stage.tenants;
    await world.stage.platform.upkeep.destruction.destroySubject(a, ada.subjectId);
    const rows = await runInTenant({ tenantId: a, actor: { kind: 'system', id: 't' }, correlationId: 't' }, async () =>
      world.stage.platform.database.reader.all(
        'SELECT member_id FROM auth_profile WHERE tenant_id = ? AND subject_id = ?',
        [a, ada.subjectId],
      ),
    );
    expect(rows).toEqual([]);
    expect((await world.call('GET', '/me/profile', { cookie })).statusCode).toBe(401);
  });
});
