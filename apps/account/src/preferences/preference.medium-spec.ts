import { DEFAULT_PREFERENCES, type PreferenceSettings } from '@libs/contracts';
import { runInTenant } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AccountWorld, cookieOf, openAccountWorld, PASSWORD } from '../account-world.fixture.js';

describeColumns('what a member sets for itself on $column', (column) => {
  let world: AccountWorld;
  let count = 0;
  let memberId: string;
  let cookie: string;
  beforeAll(async () => {
    world = await openAccountWorld(column);
  });
  afterAll(() => world?.close());

  const signIn = async (email: string) =>
    cookieOf(await world.call('POST', '/sign-in', { payload: { identifier: email, password: PASSWORD } }));
  beforeEach(async () => {
    const email = `set${++count}@alpha.example`;
    const { loginId } = await world.auth.accounts.createLogin({ email, password: PASSWORD });
    const [tenantId] = world.stage.tenants;
    ({ memberId } = await world.auth.accounts.createMember({ tenantId, loginId, role: 'agent', displayName: 'Ada' }));
    cookie = await signIn(email);
  });

  const find = async (as = cookie) => (await world.call('GET', '/me/preferences', { cookie: as })).json();
  const edit = (version: number, settings: object, as = cookie) =>
    world.call('PATCH', '/me/preferences', { cookie: as, payload: { version, settings } });

  it('F-0104 holds what nobody has set, and follows the member to another device', async () => {
    expect(await find()).toEqual({ ...DEFAULT_PREFERENCES, version: 0 });
    const settings: Partial<PreferenceSettings> = { locale: 'en', theme: 'dark', quietHours: { from: 1320, to: 420 } };
    expect((await edit(0, settings)).json()).toEqual({ ...DEFAULT_PREFERENCES, ...settings, version: 1 });
    const other = await signIn(`set${count}@alpha.example`);
    expect(await find(other)).toEqual({ ...DEFAULT_PREFERENCES, ...settings, version: 1 });
    expect((await edit(1, { quietHours: null, sendKey: 'mod-enter' }, other)).json()).toMatchObject({
      ...{ quietHours: null, sendKey: 'mod-enter', theme: 'dark', version: 2 },
    });
  });

  it('F-0104 of two devices the second learns what the first has changed, also at once, and nothing is lost', async () => {
    await edit(0, { theme: 'dark' });
    const late = await edit(0, { sounds: false });
    expect([late.statusCode, late.json().code]).toEqual([409, 'account.preferences-changed']);
    const details = { version: 1, fields: 'theme', changedBy: 'you', changedAt: expect.any(Number) };
    expect(late.json().details).toEqual(details);
    const both = await Promise.all([edit(1, { sounds: false }), edit(1, { sendKey: 'mod-enter' })]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect((await find()).version).toBe(2);
  });

  it('F-0104 two first edits at once: one is kept', async () => {
    const both = await Promise.all([edit(0, { theme: 'dark' }), edit(0, { theme: 'light' })]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });

  it.each([
    ['locale', 'fr'],
    ['theme', { dark: true }],
    ['quietHours', { from: 60, to: 60 }],
    ['notify', { message: ['everywhere'] }],
    ['singleKeys', 'yes'],
  ])('F-0104 a wrong %s is refused by name and nothing is stored', async (name, value) => {
    const answer = await edit(0, { [name]: value, sounds: false });
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'account.preferences-invalid']);
    expect(answer.json().details).toEqual({ fields: name });
    expect(await find()).toEqual({ ...DEFAULT_PREFERENCES, version: 0 });
  });

  it('F-0104 what is not a setting is refused', async () => {
    expect((await edit(0, { updatedAt: 1 })).statusCode).toBe(422);
    expect((await edit(-1, { theme: 'dark' })).statusCode).toBe(422);
  });

  it('P-0301 lies sealed, with an entry in the journal that names the settings only', async () => {
    await edit(0, { theme: 'dark', locale: 'en' });
    const [tenantId] = world.stage.tenants;
    const { reader } = world.stage.platform.database;
    const [rows, journal] = await runInTenant(
      { tenantId, actor: { kind: 'system', id: 't' }, correlationId: 't' },
      async () => [
        await reader.all('SELECT settings_sealed FROM auth_preference WHERE tenant_id = ? AND member_id = ?', [
          tenantId,
          memberId,
        ]),
        await reader.all('SELECT fields, actor FROM event_journal WHERE tenant_id = ? AND kind = ? AND resource = ?', [
          ...[tenantId, 'account.preferences-changed.v1', `member:${memberId}`],
        ]),
      ],
    );
    expect(Buffer.from(rows![0]!.settings_sealed as Buffer).toString('latin1')).not.toContain('dark');
    expect(journal).toEqual([expect.objectContaining({ fields: 'locale,theme' })]);
  });
});
