import { agreementTexts } from '@libs/auth';
import { runInTenant } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccountWorld, cookieOf, openAccountWorld, PASSWORD } from '../account-world.fixture.js';

let count = 0;
const fresh = () => ({ email: `owner${++count}@new.example`, mobile: `+86138${String(10_000_000 + count)}` });
const AGREED = { privacyPolicy: true, processingTerms: true, adult: true, shown: agreementTexts('zh-CN').hash };
const wish = (owner: object = {}, workspace: object = {}, agreements: object = {}) => ({
  workspace: { kind: 'sole-trader', name: '晴川 & Söhne Shop', ...workspace },
  owner: { name: '许晴川', password: PASSWORD, ...fresh(), ...owner },
  agreements: { ...AGREED, ...agreements },
});
const TABLES = ['auth_login', 'auth_member', 'auth_session', 'auth_agreement', 'privacy_data_subject', 'event_journal'];

describeColumns('signing up on $column', (column) => {
  let world: AccountWorld;
  let address = 0;
  beforeAll(async () => {
    world = await openAccountWorld(column);
  });
  afterAll(() => world?.close());

  const signUp = (payload: object, from = `192.0.2.${++address}`) =>
    world.call('POST', '/sign-up', { payload, address: from });
  const rows = (tenantId: string, sql: string, params: readonly string[] = [tenantId]) =>
    runInTenant({ tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, async () =>
      world.stage.platform.database.reader.all(sql, params),
    );
  /** Rows of all tenants, by table. */
  const everything = async () => {
    const tenants = (await rows('', 'SELECT id FROM tenant_tenant', [])).map(({ id }) => String(id));
    const counts: Record<string, number> = { tenant_tenant: tenants.length };
    for (const table of TABLES) {
      for (const id of tenants) {
        const [row] = await rows(id, `SELECT COUNT(*) AS n FROM ${table} WHERE tenant_id = ?`);
        counts[table] = (counts[table] ?? 0) + Number(row?.n);
      }
    }
    return counts;
  };
  const refusedWith = async (payload: object) => {
    const before = await everything();
    const answer = await signUp(payload);
    expect(await everything()).toEqual(before);
    expect(answer.headers['set-cookie']).toBeUndefined();
    const { code, details } = answer.json();
    return [answer.statusCode, code, details?.field ?? null];
  };

  it('F-0101 F-0103 one call makes tenant, login and owner, each in its own tenant, and signs in', async () => {
    const owner = fresh();
    const answer = await signUp(wish(owner));
    expect(answer.statusCode).toBe(200);
    const me = answer.json();
    expect(me).toMatchObject({ role: 'owner', displayName: '许晴川', tenant: { name: '晴川 & Söhne Shop' } });
    expect(me.tenant.slug).toMatch(/^so-hne-shop-[0-9a-f]{10}$|^[a-z0-9-]+-[0-9a-f]{10}$/);
    const [tenant] = await rows(me.tenant.id, 'SELECT kind, state FROM tenant_tenant WHERE id = ?');
    expect(tenant).toEqual({ kind: 'sole-trader', state: 'active' });
    expect((await world.call('GET', '/me', { cookie: cookieOf(answer) })).json()).toMatchObject({ role: 'owner' });
    const { register } = world.stage.platform.privacy;
    expect((await register.load(me.tenant.id)).version).toBe(1);
    const journal = await rows(me.tenant.id, 'SELECT kind FROM event_journal WHERE tenant_id = ? ORDER BY id');
    expect(journal.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['tenant.tenant-created.v1', 'account.member-created.v1']),
    );
    const platform = await world.auth.platform.id();
    const own = await rows(platform, 'SELECT kind FROM event_journal WHERE tenant_id = ?');
    expect(own.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['account.login-created.v1', 'account.agreed.v1']),
    );
    const again = await world.call('POST', '/sign-in', { payload: { identifier: owner.email, password: PASSWORD } });
    expect(again.statusCode).toBe(200);
  });

  it('F-0101 P-0101 what was agreed to is kept with version, hash and language of the text that was shown', async () => {
    const answer = await signUp(wish({}, {}, { shown: agreementTexts('en').hash }));
    expect(answer.statusCode).toBe(200);
    const platform = await world.auth.platform.id();
    const agreed = await rows(
      platform,
      "SELECT kind, version, locale, text_hash FROM auth_agreement WHERE tenant_id = ? AND locale = 'en'",
    );
    expect(agreed.map(({ kind }) => kind).sort()).toEqual(['adult', 'privacy-policy', 'processing-terms']);
    for (const { version, locale, text_hash } of agreed) {
      expect([Number(version), locale, String(text_hash).length]).toEqual([1, 'en', 64]);
    }
    const texts = await world.call('GET', '/agreements?locale=en');
    expect(texts.json()).toEqual(agreementTexts('en'));
  });

  it('P-0304 the number is normalised, sealed, unverified, and no second login has it', async () => {
    const { mobile } = fresh();
    world.clock.advance(1000);
    const national = mobile.slice(3).replace(/^(\d{3})(\d{4})/, '$1 $2-');
    expect((await signUp(wish({ mobile: national }))).statusCode).toBe(200);
    const platform = await world.auth.platform.id();
    const [login] = await rows(
      platform,
      'SELECT mobile_sealed, mobile_verified_at FROM auth_login WHERE tenant_id = ? ORDER BY id DESC LIMIT 1',
    );
    expect(login?.mobile_verified_at).toBeNull();
    expect(Buffer.from(login?.mobile_sealed as Buffer).toString('latin1')).not.toContain(mobile.slice(3));
    expect(await refusedWith(wish({ mobile }))).toEqual([409, 'account.mobile-taken', 'mobile']);
  });

  it('F-0101 F-0103 P-0304 what is missing, weak, taken or absurd is refused by name and leaves no row', async () => {
    const taken = fresh();
    expect((await signUp(wish(taken))).statusCode).toBe(200);
    const cases: readonly (readonly [object, number, string, string | null])[] = [
      [wish({ mobile: undefined }), 422, 'http.invalid-input', null],
      [wish({ mobile: '12345' }), 422, 'account.mobile-invalid', 'mobile'],
      [wish({ mobile: '1380013800' }), 422, 'account.mobile-invalid', 'mobile'],
      [wish({ mobile: taken.mobile }), 409, 'account.mobile-taken', 'mobile'],
      [wish({ email: taken.email.toUpperCase() }), 409, 'account.email-taken', 'email'],
      [wish({ email: 'nobody' }), 422, 'account.email-invalid', 'email'],
      [wish({ password: 'password1234' }), 422, 'account.password-weak', null],
      [wish({ name: 'x'.repeat(400) }), 422, 'account.owner-name-invalid', 'owner.name'],
      [wish({ name: 'Ann\u202Enimda' }), 422, 'account.owner-name-invalid', 'owner.name'],
      [wish({ name: 'Ann\r\nBcc: x@y.example' }), 422, 'account.owner-name-invalid', 'owner.name'],
      [wish({}, { name: '  ' }), 422, 'account.workspace-name-invalid', 'workspace.name'],
      [wish({}, { name: `${'长'.repeat(399)}\u2066` }), 422, 'account.workspace-name-invalid', 'workspace.name'],
      [wish({}, { name: undefined }), 422, 'http.invalid-input', null],
      [wish({}, { kind: 'kingdom' }), 422, 'http.invalid-input', null],
      [wish({}, {}, { adult: false }), 422, 'account.agreement-missing', 'agreements.adult'],
      [wish({}, {}, { processingTerms: false }), 422, 'account.agreement-missing', 'agreements.processingTerms'],
      [wish({}, {}, { privacyPolicy: 'true' }), 422, 'http.invalid-input', null],
      [wish({}, {}, { shown: 'a'.repeat(64) }), 409, 'account.agreement-superseded', 'agreements.shown'],
    ];
    for (const [payload, ...expected] of cases) expect(await refusedWith(payload)).toEqual(expected);
  });

  it('F-0101 of two at once with one number one gets the account, and the other leaves nothing', async () => {
    const before = await everything();
    const { mobile } = fresh();
    const answers = await Promise.all([signUp(wish({ mobile })), signUp(wish({ mobile }))]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const after = await everything();
    expect([after.tenant_tenant! - before.tenant_tenant!, after.auth_login! - before.auth_login!]).toEqual([1, 1]);
    expect(after.auth_member! - before.auth_member!).toBe(1);
  });

  it('F-0101 a crash between keys and rows leaves keys that open nothing and are swept after a day', async () => {
    const { platform } = world.stage;
    const before = await everything();
    const { logins } = world.auth;
    const how = { actor: { kind: 'system', id: 'test' }, correlationId: 'test' } as const;
    // As far as a process gets that is killed before it commits.
    const login = await logins.prepare(logins.check({ ...fresh(), password: PASSWORD }), how);
    expect(await everything()).toEqual(before);
    world.clock.advance(25 * 3_600_000);
    await platform.upkeep.work();
    await expect(
      platform.keys.keysFor(login.set.tenantId, [{ subjectId: login.subjectId, group: 'contact' }]),
    ).rejects.toMatchObject({ status: 410 });
  });

  it('F-0101 P-1012 so many from one address, then 429 with the time to wait', async () => {
    const from = '203.0.113.77';
    const { email } = fresh();
    await signUp(wish({ email }));
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) statuses.push((await signUp(wish({ email }), from)).statusCode);
    expect(statuses).toEqual([...Array(10).fill(409), 429]);
    const limited = await signUp(wish(), from);
    expect([limited.json().code, limited.json().details.retryAfterMs > 0]).toEqual(['account.sign-up-limited', true]);
  });

  it('F-0101 an operator may close signing up', async () => {
    const closed = await openAccountWorld(column, { CUSTODIA_SIGN_UP: 'closed' });
    try {
      const answer = await closed.call('POST', '/sign-up', { payload: wish() });
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'account.sign-up-closed']);
    } finally {
      await closed.close();
    }
  });

  it('P-1002 the log of all this names nobody', () => {
    expect(world.stage.lines.join('\n')).not.toMatch(/new\.example|许晴川|138\d{8}|kettle|203\.0\.113/i);
  });
});
