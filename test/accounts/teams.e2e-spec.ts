import type { TeamList, TeamSummary } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TeamDirectory } from '../../libs/auth/src/index.js';
import { openWallWorld } from '../walls/wall-world.js';
import type { ChatWorld } from '../world/chat-world.js';
import { type AccountCaller, accountCaller, hire, membersRows } from './account-caller.js';

describeColumns('teams on $column', (column) => {
  let world: ChatWorld;
  let owner: AccountCaller;

  beforeAll(async () => {
    world = await openWallWorld(column);
    owner = accountCaller(world, world.tenants[0].members[0]!.cookie);
  });
  afterAll(() => world?.close());

  const make = async (name: string, memberIds: readonly string[] = []): Promise<TeamSummary> => {
    const made = await owner.post<TeamSummary>('/teams', { name, memberIds });
    expect([made.status, made.body.code]).toEqual([201, undefined]);
    return made.body;
  };
  const membersOf = (teamId: string, tenant = world.tenants[0]) =>
    world.app.get(TeamDirectory, { strict: false }).membersOf(tenant.id, teamId);
  const journal = async (teamId: string) =>
    (await membersRows(world, 'event_journal', 'resource', `team:${teamId}`)).map(({ kind }) => String(kind)).sort();

  it('F-0209 one person is in several teams; each act is in the journal with the person whom it concerns', async () => {
    const [, one, two] = world.tenants[0].members;
    const first = await make('售后', [one!.id, two!.id]);
    const second = await make('售前', [one!.id]);
    expect(first.members.map(({ name }) => name)).toEqual(['alpha 1', 'alpha 2']);
    expect([await membersOf(first.id), await membersOf(second.id)]).toEqual([[one!.id, two!.id], [one!.id]]);
    const edited = await owner.patch<TeamSummary>(`/teams/${first.id}`, {
      ...{ version: 1, name: '售后一组', memberIds: [two!.id] },
    });
    expect(edited.body).toMatchObject({ name: '售后一组', version: 2, members: [{ id: two!.id }] });
    expect([await membersOf(first.id), await membersOf(second.id)]).toEqual([[two!.id], [one!.id]]);
    expect(await journal(first.id)).toEqual([
      ...['account.team-changed.v1', 'account.team-created.v1', 'account.team-joined.v1'],
      ...['account.team-joined.v1', 'account.team-left.v1'],
    ]);
    const rows = await membersRows(world, 'event_invalidation', 'ref', first.id);
    expect(rows.map(({ kind }) => kind)).toEqual(['team', 'team']);
  });

  it('P-1006 a supervisor sees teams and sets none up; agents and the privacy officer do not see them', async () => {
    const supervisor = accountCaller(world, (await hire(world, 'supervisor')).cookie);
    const team = await make('可见');
    expect((await supervisor.get<TeamList>('/teams')).body.items.map(({ id }) => id)).toContain(team.id);
    const [, agent, , officer] = world.tenants[0].members;
    const refused = [
      supervisor.post('/teams', { name: 'mine' }),
      supervisor.patch(`/teams/${team.id}`, { version: 1, name: 'mine' }),
      supervisor.post(`/teams/${team.id}/archive`, { version: 1 }),
      accountCaller(world, agent!.cookie).get('/teams'),
      accountCaller(world, officer!.cookie).get('/teams'),
    ];
    for (const { status, body } of await Promise.all(refused)) {
      expect([status, body.code]).toEqual([403, 'http.permission-missing']);
    }
  });

  it('F-0203 a team of another tenant is 404 as one that exists nowhere, and nobody from there joins', async () => {
    const team = await make('eigen');
    for (const id of [newId(), team.id]) {
      const stranger = accountCaller(world, world.tenants[1].members[0]!.cookie);
      const answers = [stranger.patch(`/teams/${id}`, { version: 1, name: 'x' })];
      answers.push(stranger.post(`/teams/${id}/archive`, { version: 1 }));
      for (const { status, body } of await Promise.all(answers)) {
        expect([status, body.code]).toEqual([404, 'account.team-not-found']);
      }
    }
    expect(await membersOf(team.id, world.tenants[1])).toEqual([]);
    for (const memberId of [newId(), world.tenants[1].members[1]!.id]) {
      const refused = await owner.patch(`/teams/${team.id}`, { version: 1, memberIds: [memberId] });
      expect([refused.status, refused.body.code]).toEqual([404, 'account.member-not-found']);
    }
  });

  it('C8 of many who edit or make one at once exactly one wins, the others are told', async () => {
    const team = await make('race');
    const edits = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((name) => owner.patch(`/teams/${team.id}`, { version: 1, name: `race ${name}` })),
    );
    expect(edits.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect(edits.find(({ status }) => status === 409)!.body.code).toBe('account.edit-conflict');
    const names = ['Night Shift', 'night  shift', 'ＮＩＧＨＴ shift', 'night shift'];
    const made = await Promise.all(names.map((name) => owner.post<TeamSummary>('/teams', { name })));
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(made.find(({ status }) => status === 409)!.body.code).toBe('account.team-name-taken');
  });

  it('F-0208 whoever is disabled drops out of all teams; a role that answers nobody gets no work from them', async () => {
    const [leaver, demoted] = [await hire(world, 'agent'), await hire(world, 'agent')];
    const team = await make('leavers', [leaver.id, demoted.id]);
    expect((await owner.post(`/members/${leaver.id}/disable`, { version: 1 })).status).toBe(200);
    expect((await owner.patch(`/members/${demoted.id}`, { role: 'privacy-officer', version: 1 })).status).toBe(200);
    expect(await membersOf(team.id)).toEqual([]);
    expect((await owner.post(`/members/${leaver.id}/enable`, { version: 2 })).status).toBe(200);
    expect(await membersRows(world, 'auth_team_member', 'member_id', leaver.id)).toEqual([]);
    const again = await owner.patch(`/teams/${team.id}`, { version: 1, memberIds: [world.tenants[0].members[3]!.id] });
    expect([again.status, again.body.code]).toEqual([422, 'account.member-unable']);
  });

  it('F-0209 a team that was set aside gets no work, frees its name, and comes back with its members', async () => {
    const team = await make('夜班', [world.tenants[0].members[1]!.id]);
    const gone = await owner.post<TeamSummary>(`/teams/${team.id}/archive`, { version: 1 });
    expect(gone.body).toMatchObject({ archived: true, version: 2 });
    expect(await membersOf(team.id)).toEqual([]);
    const edit = await owner.patch(`/teams/${team.id}`, { version: 2, name: 'x' });
    expect([edit.status, edit.body.code]).toEqual([409, 'account.team-archived']);
    const other = await make('夜班');
    const taken = await owner.post(`/teams/${team.id}/restore`, { version: 2 });
    expect([taken.status, taken.body.code]).toEqual([409, 'account.team-name-taken']);
    await owner.patch(`/teams/${other.id}`, { version: 1, name: '夜班二' });
    const back = await owner.post<TeamSummary>(`/teams/${team.id}/restore`, { version: 2 });
    expect(back.body).toMatchObject({ archived: false, version: 3 });
    expect(await membersOf(team.id)).toEqual([world.tenants[0].members[1]!.id]);
  });

  it('F-0209 bad input: names that disguise, too long, no list, ids that are none; nothing is stored', async () => {
    const before = (await owner.get<TeamList>('/teams')).body.items.length;
    const cases: readonly (readonly [object, number, string])[] = [
      [{ name: '' }, 422, 'account.team-name-invalid'],
      [{ name: 'x'.repeat(61) }, 422, 'account.team-name-invalid'],
      [{ name: 'evil\u202eman' }, 422, 'account.team-name-invalid'],
      [{ name: 7 }, 422, 'http.invalid-input'],
      [{ name: 'a', memberIds: 'all' }, 422, 'http.invalid-input'],
      [{ name: 'a', memberIds: ['1'] }, 422, 'http.invalid-input'],
      [{ name: 'a', memberIds: Array.from({ length: 201 }, () => newId()) }, 422, 'http.invalid-input'],
      [{ name: 'a', owner: true }, 422, 'http.invalid-input'],
    ];
    for (const [body, status, code] of cases) {
      const refused = await owner.post('/teams', body);
      expect([body, refused.status, refused.body.code]).toEqual([body, status, code]);
    }
    expect((await owner.get<TeamList>('/teams')).body.items).toHaveLength(before);
  });
});
