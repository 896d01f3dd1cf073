import { isId, newId, randomToken } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type AuthWorld, openAuthWorld } from '../testing/auth-world.js';

const PASSWORD = 'plum-Kettle-91-harbour';
const NAME = 'Ada Wunderlich-Okafor';

describeColumns('signing in on $column', (column) => {
  let world: AuthWorld;
  let ada: { memberId: string; subjectId: string };
  let loginId: string;

  const signIn = (
    more: { password?: string; identifier?: string; address?: string; tenantId?: string; keep?: boolean } = {},
  ) =>
    world.auth.signIn.signIn({
      identifier: 'ada@shop-a.example',
      password: PASSWORD,
      address: '192.0.2.1',
      correlationId: 'test',
      ...more,
    });
  const signedIn = async (more: { password?: string; identifier?: string; tenantId?: string; keep?: boolean } = {}) => {
    const result = await signIn(more);
    if (result.kind !== 'signed-in') throw new Error('expected a session');
    return result;
  };

  beforeAll(async () => {
    // Elsewhere tests hash at the least cost (test/world/quick-argon2.ts).
    vi.stubEnv('TEST_FULL_PASSWORD_COST', '1');
    world = await openAuthWorld(column);
    const { accounts } = world.auth;
    ({ loginId } = await accounts.createLogin({ email: 'Ada@Shop-A.example ', password: PASSWORD }));
    ada = await accounts.createMember({ tenantId: world.tenants.a, loginId, role: 'agent', displayName: NAME });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await world?.close();
  });

  it('F-0106 the right password opens a session that its cookie, and nothing else, finds', async () => {
    const { cookie, session } = await signedIn({ identifier: ' ADA@shop-a.EXAMPLE' });
    expect(session).toMatchObject({ tenantId: world.tenants.a, memberId: ada.memberId, role: 'agent' });
    expect(await world.auth.sessions.find(cookie)).toMatchObject({ id: session.id, subjectId: ada.subjectId });
    const [, token] = cookie.split('.');
    for (const other of [`${world.tenants.b}.${token}`, `${cookie}x`, `${cookie.slice(0, -1)}_`, '', token!]) {
      if (other !== cookie) expect(await world.auth.sessions.find(other)).toBeNull();
    }
  });

  it('F-0106 an unknown account and a wrong password get the same answer', async () => {
    const answers = await Promise.all([
      signIn({ password: 'wrong-wrong-wrong', address: '192.0.2.2' }).catch((error: unknown) => error),
      signIn({ identifier: 'nobody@shop-a.example', address: '192.0.2.2' }).catch((error: unknown) => error),
    ]);
    expect(answers[0]).toMatchObject({ code: 'account.credentials-invalid', status: 401 });
    expect(answers[1]).toEqual(answers[0]);
  });

  it('P-1003 the password lies as a salted argon2id hash, P-1002 e-mail and name as ciphertext', async () => {
    const [login] = await world.rows(world.tenants.platform, 'SELECT * FROM auth_login WHERE tenant_id = ?', [
      world.tenants.platform,
    ]);
    expect(String(login?.secret_hash)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const [member] = await world.rows(world.tenants.a, 'SELECT * FROM auth_member WHERE tenant_id = ?', [
      world.tenants.a,
    ]);
    const stored = [login, member]
      .flatMap((row) => Object.values(row ?? {}))
      .map((value) =>
        (typeof value === 'object' && value !== null
          ? Buffer.from(value).toString('latin1')
          : String(value)
        ).toLowerCase(),
      )
      .join('\n');
    for (const marker of ['shop-a.example', 'wunderlich', 'okafor', PASSWORD.toLowerCase()]) {
      expect(stored).not.toContain(marker);
    }
  });

  it('no second login with the same e-mail in another spelling, and no member without a login', async () => {
    const { accounts } = world.auth;
    await expect(
      accounts.createLogin({ email: 'ADA@shop-a.example', password: randomToken(15) }),
    ).rejects.toMatchObject({ code: 'account.email-taken' });
    await expect(
      accounts.createMember({ tenantId: world.tenants.a, loginId: ada.memberId, role: 'owner', displayName: 'X' }),
    ).rejects.toMatchObject({ code: 'account.login-not-found' });
  });

  it('P-1012 ten failures lock the login for their network, even for the right password, with a security event', async () => {
    await world.auth.accounts.createLogin({ email: 'bob@shop-a.example', password: PASSWORD });
    const bob = { identifier: 'bob@shop-a.example' };
    for (let n = 0; n < 10; n++) {
      await expect(signIn({ ...bob, password: 'wrong-wrong-1', address: `198.51.100.${n}` })).rejects.toMatchObject({
        code: 'account.credentials-invalid',
      });
    }
    await expect(signIn({ ...bob, address: '198.51.100.99' })).rejects.toMatchObject({
      code: 'account.locked',
      status: 429,
      details: { retryAfterMs: 15 * 60_000 },
    });
    const events = await world.rows(
      world.tenants.platform,
      "SELECT id FROM event_journal WHERE tenant_id = ? AND kind = 'account.sign-in-locked.v1'",
      [world.tenants.platform],
    );
    expect(events).toHaveLength(1);
    // Its owner, elsewhere, is let in: only no workspace is there.
    await expect(signIn({ ...bob, address: '192.0.2.77' })).rejects.toMatchObject({ code: 'account.no-workspace' });
    world.clock.advance(15 * 60_000);
    await expect(signIn({ ...bob, address: '198.51.100.99' })).rejects.toMatchObject({ code: 'account.no-workspace' });
  });

  it('F-0111 a revoked session ends here at once and in a second process when the feed says so', async () => {
    const second = world.another();
    const { cookie, session } = await signedIn();
    expect(await second.auth.sessions.find(cookie)).not.toBeNull();
    await world.auth.sessions.end({ ...session, correlationId: 'test' });
    expect(await world.auth.sessions.find(cookie)).toBeNull();
    await second.feed.poll();
    expect(await second.auth.sessions.find(cookie)).toBeNull();
    await expect(world.auth.sessions.end({ ...session, correlationId: 'test' })).rejects.toMatchObject({
      code: 'account.session-not-found',
    });
  });

  it('F-0111 a session idles out after 12 h and ends after 30 days however busy it is', async () => {
    const idle = await signedIn({ keep: true });
    const busy = await signedIn({ keep: true });
    for (let hours = 0; hours < 30 * 24 - 11; hours += 11) {
      world.clock.advance(11 * 3_600_000);
      expect(await world.auth.sessions.find(busy.cookie)).not.toBeNull();
      if (hours >= 11) expect(await world.auth.sessions.find(idle.cookie)).toBeNull();
    }
    world.clock.advance(11 * 3_600_000);
    expect(await world.auth.sessions.find(busy.cookie)).toBeNull();
  });

  it('F-0111 who did not ask to stay signed in is signed out after 12 h, however busy', async () => {
    const { cookie } = await signedIn();
    world.clock.advance(6 * 3_600_000);
    expect(await world.auth.sessions.find(cookie)).not.toBeNull();
    world.clock.advance(6 * 3_600_000);
    expect(await world.auth.sessions.find(cookie)).toBeNull();
  });

  it('P-0211 a session of one tenant can be ended by nobody of another tenant', async () => {
    const { session, cookie } = await signedIn();
    for (const stranger of [
      { tenantId: world.tenants.b, memberId: ada.memberId },
      { tenantId: world.tenants.a, memberId: session.id },
    ]) {
      await expect(
        world.auth.sessions.end({ ...stranger, id: session.id, correlationId: 'test' }),
      ).rejects.toMatchObject({ code: 'account.session-not-found' });
    }
    expect(await world.auth.sessions.find(cookie)).not.toBeNull();
    expect(await world.auth.sessions.list(world.tenants.b, ada.memberId)).toEqual([]);
  });

  it('colleagues see the nickname; an erased colleague has none, and the others keep theirs', async () => {
    const { names, accounts } = world.auth;
    expect(names.peek(world.tenants.a, ada.memberId)).toBeNull();
    expect(await names.nameOf(world.tenants.a, [ada.memberId, loginId])).toEqual(new Map([[ada.memberId, NAME]]));
    expect(names.peek(world.tenants.a, ada.memberId)).toBe(NAME);
    expect(await names.nameOf(world.tenants.b, [ada.memberId])).toEqual(new Map());
    const login = await accounts.createLogin({ email: 'cleo@shop-a.example', password: PASSWORD });
    const cleo = await accounts.createMember({
      ...{ tenantId: world.tenants.a, loginId: login.loginId },
      ...{ role: 'supervisor', displayName: '小克' },
    });
    expect((await names.nameOf(world.tenants.a, [cleo.memberId])).get(cleo.memberId)).toBe('小克');
    await world.erase(world.tenants.a, cleo.subjectId);
    expect(await names.nameOf(world.tenants.a, [ada.memberId, cleo.memberId])).toEqual(new Map([[ada.memberId, NAME]]));
  });

  it('F-0112 a login with two members chooses; a new password ends its sessions in all tenants', async () => {
    const { accounts, sessions } = world.auth;
    await accounts.createMember({ tenantId: world.tenants.b, loginId, role: 'admin', displayName: 'Ada B' });
    const asked = await signIn();
    expect(asked).toEqual({
      kind: 'choose',
      ticket: expect.any(String),
      choices: [
        { tenantId: world.tenants.a, name: 'Alpha', slug: 'alpha' },
        { tenantId: world.tenants.b, name: 'Beta', slug: 'beta' },
      ],
    });
    await expect(signIn({ tenantId: world.tenants.platform })).rejects.toMatchObject({ code: 'account.no-workspace' });
    const inA = await signedIn({ tenantId: world.tenants.a });
    const { ticket } = asked as { ticket: string };
    const step = { ticket, address: '192.0.2.1', correlationId: 'test' };
    const inB = await world.auth.signIn.verify({ ...step, tenantId: world.tenants.b });
    if (inB.kind !== 'signed-in') throw new Error('expected a session');
    expect(inB.session.role).toBe('admin');
    await accounts.setPassword('ada@shop-a.example', 'velvet_Anchor_27_mill');
    expect(await sessions.find(inA.cookie)).toBeNull();
    expect(await sessions.find(inB.cookie)).toBeNull();
    await expect(world.auth.signIn.verify(step)).rejects.toMatchObject({ code: 'account.ticket-invalid', status: 401 });
    await expect(signIn()).rejects.toMatchObject({ code: 'account.credentials-invalid' });
    expect((await signIn({ password: 'velvet_Anchor_27_mill' })).kind).toBe('choose');
  });

  it('F-0112 a sign-in that overlaps a change of password opens nothing that outlives it', async () => {
    const { accounts, sessions } = world.auth;
    const identifier = 'dora@shop-a.example';
    const dora = await accounts.createLogin({ email: identifier, password: PASSWORD });
    const member = await accounts.createMember({
      ...{ tenantId: world.tenants.b, loginId: dora.loginId },
      ...{ role: 'agent', displayName: 'Dora' },
    });
    const tries = Array.from({ length: 6 }, (_, n) =>
      signIn({ identifier, address: `203.0.113.${n}` }).catch((error: unknown) => error),
    );
    await accounts.setPassword(identifier, 'velvet_Anchor_28_mill');
    await Promise.all(tries);
    expect(await sessions.list(world.tenants.b, member.memberId)).toEqual([]);
  });

  it('F-0111 a cookie that names no tenant causes no key to be made', async () => {
    const stranger = newId();
    expect(await world.auth.sessions.find(`${stranger}.${randomToken(32)}`)).toBeNull();
    expect(await world.platform.keyStore.readTenantKeys(stranger, ['auth-session'])).toEqual([]);
  });

  it('each act left a journal row with ids only', async () => {
    for (const tenantId of [world.tenants.platform, world.tenants.a]) {
      const rows = await world.rows(tenantId, 'SELECT kind, resource, fields FROM event_journal WHERE tenant_id = ?', [
        tenantId,
      ]);
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows) {
        const id = String(row.resource).split(':')[1];
        expect(isId(id)).toBe(true);
      }
    }
  });
});
