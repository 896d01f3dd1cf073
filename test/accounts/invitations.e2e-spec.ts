import { createAuth, INVITATION_LIMITS, INVITATION_MS, InvitationRetention } from '@libs/auth';
import type { AgreementTexts, InvitationMade, InvitationView, MemberPage } from '@libs/contracts';
import { ManualClock, newId } from '@libs/kernel';
import { authPorts } from '@libs/platform';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openWallWorld } from '../walls/wall-world.js';
import { codeOf } from '../world/authenticator-app.js';
import type { ChatWorld } from '../world/chat-world.js';
import { type AccountCaller, accountCaller, hire, membersRows } from './account-caller.js';

const PASSWORD = 'plum-Kettle-91-harbour';

describeColumns('invitations on $column', (column) => {
  const clock = new ManualClock(Date.now());
  let world: ChatWorld;
  let owner: AccountCaller;
  let stranger: AccountCaller;
  let count = 0;
  let mobiles = 0;

  beforeAll(async () => {
    world = await openWallWorld(column, { clock });
  });
  afterAll(() => world?.close());
  beforeEach(() => {
    owner = accountCaller(world, world.tenants[0].members[0]!.cookie);
    stranger = accountCaller(world);
    count += 1;
  });

  const invite = async (email = `guest${count}@invited.example`, role = 'agent') => {
    const made = await owner.post<InvitationMade>('/invitations', { email, role });
    expect(made.status).toBe(201);
    const token = new URL(made.body.url).hash.slice('#token='.length);
    return { ...made.body, token, email };
  };
  const fresh = async () => {
    const { hash } = (await stranger.get<AgreementTexts>('/agreements?locale=en')).body;
    const agreements = { privacyPolicy: true, processingTerms: true, adult: true, shown: hash };
    mobiles += 1;
    const mobile = `+86138001${20_000 + mobiles}`;
    return { name: 'Zhang San', mobile, password: PASSWORD, agreements };
  };
  const subjectOf = async (id: string): Promise<string> => {
    const [row] = await membersRows(world, 'auth_invitation', 'id', id);
    return String(row!.subject_id);
  };
  const expectGone = async (id: string, subjectId: string): Promise<void> => {
    expect(await membersRows(world, 'auth_invitation', 'id', id)).toEqual([]);
    const [subject] = await membersRows(world, 'privacy_data_subject', 'id', subjectId);
    expect(subject!.state).toBe('erased');
  };

  it('F-0201 the link shows workspace, inviter and role; its secret is stored as a keyed index only', async () => {
    const { id, token, expiresAt, email } = await invite();
    const view = await stranger.post<InvitationView>('/invitations/look', { token });
    expect(view.body).toEqual({ workspace: 'alpha', inviter: 'alpha 0', role: 'agent', expiresAt });
    const [row] = await membersRows(world, 'auth_invitation', 'id', id);
    const stored = Object.values(row!).map((value) =>
      typeof value === 'object' && value !== null ? Buffer.from(value as Buffer).toString('latin1') : String(value),
    );
    expect(stored.join('\n')).not.toContain(token.split('.')[1]!);
    expect(stored.join('\n')).not.toContain(email);
    expect(expiresAt).toBe(clock.now() + INVITATION_MS);
    expect(world.lines.join('\n')).not.toContain(token.split('.')[1]!);
  });

  it('F-0201 P-0207 a new login joins with the invited address, is the same person of the tenant, and works once', async () => {
    const { id, token, email } = await invite();
    const subjectId = await subjectOf(id);
    const joined = await stranger.post<{ memberId: string }>('/invitations/accept', { token, fresh: await fresh() });
    expect(joined.status).toBe(200);
    expect(joined.cookie).toMatch(/^__Host-custodia-session=/);
    const [member] = await membersRows(world, 'auth_member', 'id', joined.body.memberId);
    expect(member).toMatchObject({ subject_id: subjectId, role: 'agent', state: 'active' });
    expect((await stranger.post('/sign-in', { identifier: email, password: PASSWORD })).status).toBe(200);
    for (const path of ['/invitations/look', '/invitations/decline']) {
      const again = await stranger.post(path, { token });
      expect([again.status, again.body.code]).toEqual([409, 'account.invitation-used']);
    }
    const [row] = await membersRows(world, 'auth_invitation', 'id', id);
    expect([row!.email_sealed, row!.email_index]).toEqual([null, null]);
  });

  it('F-0201 used twice at the same moment one wins, of two logins that exist', async () => {
    const { token } = await invite();
    const heirs = await Promise.all([0, 1].map(() => hire(world, 'agent', world.tenants[1])));
    const answers = await Promise.all(
      heirs.map(({ email, password }) =>
        stranger.post('/invitations/accept', { token, known: { identifier: email, password, name: 'Two' } }),
      ),
    );
    expect(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`.trim()).sort()).toEqual([
      '200',
      '409 account.invitation-used',
    ]);
  });

  it('F-0201 used twice at the same moment by new logins there is one member and one login', async () => {
    const { token } = await invite();
    const platform = await createAuth(authPorts(world.platform)).platform.id();
    const logins = async () => (await membersRows(world, 'auth_login', 'tenant_id', platform, platform)).length;
    const before = await logins();
    const [one, other] = [await fresh(), { ...(await fresh()), mobile: '+8613900139123' }];
    const answers = await Promise.all(
      [one, other].map((account) => stranger.post('/invitations/accept', { token, fresh: account })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await logins()).toBe(before + 1);
  });

  it('F-0209 a login that exists joins a second workspace, and is refused with a wrong password', async () => {
    const { token } = await invite();
    const other = await hire(world, 'agent', world.tenants[1]);
    const known = { identifier: other.email, password: 'wrong-wrong-wrong', name: 'Both' };
    const refused = await stranger.post('/invitations/accept', { token, known });
    expect([refused.status, refused.body.code]).toEqual([401, 'account.credentials-invalid']);
    const joined = await stranger.post<{ tenant: { id: string } }>('/invitations/accept', {
      token,
      known: { ...known, password: other.password },
    });
    expect([joined.status, joined.body.tenant.id]).toEqual([200, world.tenants[0].id]);
    const choice = await stranger.post<{ choices: readonly unknown[] }>('/sign-in', {
      identifier: other.email,
      password: other.password,
    });
    expect(choice.body.choices).toHaveLength(2);
    const again = await invite('once-more@invited.example');
    const member = await stranger.post('/invitations/accept', {
      token: again.token,
      known: { ...known, password: other.password },
    });
    expect([member.status, member.body.code]).toEqual([409, 'account.already-member']);
  });

  it('F-0209 P-1008 a password alone joins nothing where the login has a second factor; its code does', async () => {
    const { id, token } = await invite();
    const stateOf = async () => (await membersRows(world, 'auth_invitation', 'id', id))[0]!.state;
    const other = await hire(world, 'agent', world.tenants[1]);
    const own = accountCaller(world, other.cookie);
    const offer = { proof: { password: other.password } };
    const { secret } = (await own.post<{ secret: string }>('/me/second-factor', offer)).body;
    const enrolled = await own.post('/me/second-factor/confirm', { code: codeOf(secret, clock.now()) });
    expect(enrolled.status).toBe(200);
    const known = { identifier: other.email, password: other.password, name: 'Guarded' };
    const asked = await stranger.post<{ verify: { ticket: string } }>('/invitations/accept', { token, known });
    expect([asked.status, asked.cookie, await stateOf()]).toEqual([200, undefined, 'open']);
    const verify = (code: string) =>
      stranger.post<{ displayName: string; tenant: { id: string } }>('/sign-in/verify', {
        ...{ ticket: asked.body.verify.ticket, method: 'totp', code },
      });
    const wrong = await verify('000000');
    expect([wrong.status, wrong.body.code, await stateOf()]).toEqual([401, 'account.code-wrong', 'open']);
    clock.advance(30_000);
    const right = await verify(codeOf(secret, clock.now()));
    expect([right.status, right.body.displayName, right.body.tenant.id]).toEqual([
      ...[200, 'Guarded', world.tenants[0].id],
    ]);
    expect(await stateOf()).toBe('accepted');
    clock.advance(30_000);
    const twice = await verify(codeOf(secret, clock.now()));
    expect([twice.status, twice.body.code]).toEqual([409, 'account.invitation-used']);
  });

  it('F-0201 sent again, the old link is worth nothing; revoked or declined, the person is erased', async () => {
    const first = await invite();
    const again = await owner.post<InvitationMade>(`/invitations/${first.id}/resend`);
    const token = new URL(again.body.url).hash.slice('#token='.length);
    const old = await stranger.post('/invitations/look', { token: first.token });
    expect([old.status, old.body.code]).toEqual([404, 'account.invitation-not-found']);
    const subjectId = await subjectOf(first.id);
    expect((await stranger.post('/invitations/decline', { token })).status).toBe(204);
    await expectGone(first.id, subjectId);
    const second = await invite(first.email);
    const person = await subjectOf(second.id);
    expect((await owner.delete(`/invitations/${second.id}`)).status).toBe(204);
    await expectGone(second.id, person);
    expect((await stranger.post('/invitations/look', { token: second.token })).status).toBe(404);
    expect((await owner.delete(`/invitations/${second.id}`)).status).toBe(404);
  });

  it('P-1307 after seven days it opens nothing, and the upkeep erases the person', async () => {
    const { id, token } = await invite();
    const subjectId = await subjectOf(id);
    clock.advance(INVITATION_MS);
    const late = await stranger.post('/invitations/look', { token });
    expect([late.status, late.body.code]).toEqual([410, 'account.invitation-expired']);
    const known = { identifier: 'x@y.example', password: PASSWORD, name: 'Late' };
    expect((await stranger.post('/invitations/accept', { token, known })).status).toBe(410);
    const { database, work, upkeep } = world.platform;
    const retention = new InvitationRetention({ database, work, destruction: upkeep.destruction, clock });
    expect(await retention.purge(world.tenants[0].id)).toBeGreaterThan(0);
    await expectGone(id, subjectId);
    const kinds = await membersRows(world, 'event_journal', 'resource', `invitation:${id}`);
    expect(kinds.map(({ kind }) => kind)).toContain('account.invitation-expired.v1');
    clock.advance(-INVITATION_MS);
  });

  it('F-0201 an address is invited once at a time, and no member again', async () => {
    const { email } = await invite();
    const twice = await owner.post('/invitations', { email: email.toUpperCase(), role: 'admin' });
    expect([twice.status, twice.body.code]).toEqual([409, 'account.invitation-open']);
    const member = await owner.post('/invitations', { email: world.tenants[0].members[1]!.email, role: 'agent' });
    expect([member.status, member.body.code]).toEqual([409, 'account.already-member']);
    // Whoever works elsewhere is invited like anybody.
    expect(
      (await owner.post('/invitations', { email: world.tenants[1].members[1]!.email, role: 'agent' })).status,
    ).toBe(201);
  });

  it.each(['a@b\r\nBcc: c@d.example', 'wаng@shop.example', 'a b@c.example', 'a@b.example, c@d.example', ''])(
    'F-0201 refuses the address %j and stores nothing',
    async (email) => {
      const before = (await owner.get<MemberPage>('/members?limit=100')).body.items.length;
      const refused = await owner.post('/invitations', { email, role: 'agent' });
      expect(refused.status).toBe(422);
      expect((await owner.get<MemberPage>('/members?limit=100')).body.items).toHaveLength(before);
    },
  );

  it.each(['x'.repeat(400), 'Li\u202eNa', 'Li\r\nNa', ' '])('F-0105 refuses to be seen as %j', async (name) => {
    const { token } = await invite();
    const other = await hire(world, 'agent', world.tenants[1]);
    const known = { identifier: other.email, password: other.password, name };
    const refused = await stranger.post('/invitations/accept', { token, known });
    expect([refused.status, refused.body.code]).toEqual([422, 'account.name-invalid']);
  });

  it('F-0201 tokens that never were, of a tenant that is none, or of another form open nothing', async () => {
    const [tenant] = world.tenants;
    for (const token of [
      `${tenant.id}.${'A'.repeat(43)}`,
      `${newId()}.${'A'.repeat(43)}`,
      'x',
      '../..',
      `${tenant.id}.`,
    ]) {
      const refused = await stranger.post('/invitations/look', { token });
      expect([refused.status, refused.body.code]).toEqual([404, 'account.invitation-not-found']);
    }
  });

  it('F-0201 one member sends so many an hour and no more, whatever was revoked', async () => {
    const admin = await hire(world, 'admin');
    const { invitations } = createAuth(authPorts(world.platform));
    const by = { tenantId: world.tenants[0].id, memberId: admin.id, correlationId: newId() };
    for (let n = 0; n < INVITATION_LIMITS.member.most; n += 1) {
      await invitations.invite(by, { email: `rate${n}@invited.example`, role: 'agent' });
    }
    const over = await accountCaller(world, admin.cookie).post('/invitations', {
      email: 'over@invited.example',
      role: 'agent',
    });
    expect([over.status, over.body.code]).toEqual([429, 'account.invitations-limit']);
  });
});
