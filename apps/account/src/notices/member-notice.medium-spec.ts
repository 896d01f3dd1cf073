import { createAuth, MEMBER_NOTICE, MemberNotices } from '@libs/auth';
import type { MemberNotice } from '@libs/contracts';
import { SESSION_COOKIE } from '@libs/http';
import { authPorts } from '@libs/platform';
import { textHash } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AccountWorld, openAccountWorld, PASSWORD } from '../account-world.fixture.js';

describeColumns('who can see one’s work on $column', (column) => {
  let world: AccountWorld;
  let cookie: string;
  let member: { readonly memberId: string; readonly subjectId: string };
  let count = 0;

  beforeAll(async () => {
    world = await openAccountWorld(column);
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    const identifier = `admin${count++}@alpha.example`;
    const { accounts, signIn } = world.auth;
    const mobile = `+86170000001${10 + count}`;
    const { loginId } = await accounts.createLogin({ email: identifier, mobile, password: PASSWORD });
    const [tenantId] = world.stage.tenants;
    member = await accounts.createMember({ tenantId, loginId, role: 'admin', displayName: 'Ada' });
    const from = { address: '192.0.2.1', correlationId: 'test' };
    const result = await signIn.signIn({ identifier, password: PASSWORD, ...from });
    if (result.kind !== 'signed-in') throw new Error('could not sign in');
    cookie = `${SESSION_COOKIE}=${result.cookie}`;
  });

  const rows = () =>
    world.stage.platform.work.upkeep(
      async (tx) =>
        tx.all('SELECT * FROM auth_notice_confirmation WHERE tenant_id = ? AND member_id = ?', [
          world.stage.tenants[0],
          member.memberId,
        ]),
      new Set([world.stage.tenants[0]]),
    );
  const confirm = (version: string, locale = 'zh-CN') =>
    world.call('POST', '/me/notice', { cookie, payload: { version, locale } });

  it('P-0207 before it is confirmed nothing may be done; afterwards at once, and it is asked once', async () => {
    expect((await world.call('GET', '/me', { cookie })).json().pending).toEqual(['member-notice']);
    expect((await world.call('GET', '/members', { cookie })).statusCode).toBe(403);
    const shown = (await world.call('GET', '/me/notice?locale=en', { cookie })).json() as MemberNotice;
    expect(shown).toMatchObject({ version: MEMBER_NOTICE.version, locale: 'en', text: MEMBER_NOTICE.texts.en });
    expect(shown.seenBy).toContainEqual({ role: 'admin', count: count });
    expect(shown.confirmedAt).toBeNull();
    expect((await confirm(shown.version)).statusCode).toBe(204);
    expect((await world.call('GET', '/members', { cookie })).statusCode).toBe(200);
    expect((await world.call('GET', '/me', { cookie })).json().pending).toBeUndefined();
    expect((await confirm(shown.version)).statusCode).toBe(204);
    expect(await rows()).toHaveLength(1);
  });

  it('P-0207 the record names the words, the language and the time', async () => {
    await confirm(MEMBER_NOTICE.version);
    const { version, texts } = MEMBER_NOTICE;
    const [row] = await rows();
    expect(row).toMatchObject({
      ...{ version, locale: 'zh-CN', subject_id: member.subjectId, confirmed_at: world.clock.now() },
      hash: textHash(`${version}\nzh-CN\n${texts['zh-CN']}`),
    });
  });

  it('P-0207 two tabs that confirm at the same moment leave one record', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => confirm(MEMBER_NOTICE.version)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([204, 204, 204]);
    expect(await rows()).toHaveLength(1);
  });

  it('P-0207 another version is refused, and a new one asks again', async () => {
    const old = await confirm('0');
    expect([old.statusCode, old.json().code]).toEqual([409, 'account.notice-superseded']);
    expect(await rows()).toEqual([]);
    await confirm(MEMBER_NOTICE.version);
    const ports = authPorts(world.stage.platform);
    const who = { tenantId: world.stage.tenants[0], memberId: member.memberId };
    expect(await createAuth(ports).notices.isConfirmed(who)).toBe(true);
    const changed = new MemberNotices(ports, { ...MEMBER_NOTICE, version: 'next' });
    expect(await changed.isConfirmed(who)).toBe(false);
    await changed.confirm(who, { version: 'next', locale: 'en' }, 'test');
    expect(await changed.isConfirmed(who)).toBe(true);
    expect(await rows()).toHaveLength(2);
  });

  it('P-1307 with the member goes the record', async () => {
    await confirm(MEMBER_NOTICE.version);
    await world.stage.platform.upkeep.destruction.destroySubject(world.stage.tenants[0], member.subjectId);
    expect(await rows()).toEqual([]);
  });
});
