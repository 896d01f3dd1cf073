import type { HoursDetail, Label, SavedView, TeamSummary } from '@libs/contracts';
import type { WorldTenant } from '../world/chat-world.js';
import { type Asker, CANARIES } from './canaries.js';
import { type CanaryWorld, MEMBERS } from './canary-world.js';

const WEEK = Array.from({ length: 7 }, () => ({ periods: [{ from: '09:00', to: '18:00' }] }));
/** Bodies that go through, of whoever may send them. */
export const hoursOf = (name: string) => ({ name, timeZone: 'Asia/Shanghai', days: [], week: WEEK });
export const viewOf = (name: string) => ({ name, view: 'mine', filter: { unread: true }, sort: 'newest' });

/** Calls a route with ids in the place of its parameters, and throws when it is refused. */
type Must = <T>(who: Asker, route: string, ids?: Readonly<Record<string, string>>, body?: unknown) => Promise<T>;

function mustOf(call: CanaryWorld['call']): Must {
  return async <T>(who: Asker, route: string, ids: Readonly<Record<string, string>> = {}, body?: unknown) => {
    const [method, pattern] = route.split(' ') as [string, string];
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => ids[name]!);
    const { status, json } = await call(who, method, path, { sink: route, ...(body === undefined ? {} : { body }) });
    if (status >= 300) throw new Error(`${route} was refused: ${JSON.stringify(json)}`);
    return json as T;
  };
}

/**
 * What a workspace sets up for its work, and what becomes of the conversation with the canaries by it: each act by a
 * member who may, and gone through. The agent has the conversation before and after. Answers the ids.
 */
export async function workAtDesk(
  call: CanaryWorld['call'],
  { members }: WorldTenant,
  conversation: string,
): Promise<Readonly<Record<'label' | 'view' | 'team' | 'hour', string>>> {
  const must = mustOf(call);
  const [agent, owner] = [members[MEMBERS.agent]!.id, members[MEMBERS.owner]!.id];
  const made = { ...(await makeLists(must)), hour: await makeHours(must), team: await makeTeam(must, agent) };
  const chat = 'POST /api/v1/chat/conversations/:id';
  const here = { id: conversation };
  const label = { ...here, labelId: made.label };
  for (const method of ['PUT', 'DELETE', 'PUT']) {
    await must('agent', `${method} /api/v1/chat/conversations/:id/labels/:labelId`, label);
  }
  await must('agent', `${chat}/snooze`, here, { inMs: 3_600_000 });
  await must('agent', `${chat}/wake`, here, {});
  await must('owner', `${chat}/take-over`, here, { from: agent });
  await must('owner', `${chat}/assign`, here, { to: agent, from: owner });
  const note = CANARIES['chat_change.body']!.value;
  await must('agent', `${chat}/hand-to-team`, here, { teamId: made.team, from: agent, note });
  await must('agent', `${chat}/take`, here, {});
  return made;
}

/** A label and a view to stay, and one of each that goes. */
async function makeLists(must: Must): Promise<{ readonly label: string; readonly view: string }> {
  const label = (name: string) => must<Label>('owner', 'POST /api/v1/chat/labels', {}, { name, colour: 'red' });
  const view = (name: string) => must<SavedView>('agent', 'POST /api/v1/chat/views', {}, viewOf(name));
  const kept = { label: (await label('kept')).id, view: (await view('kept')).id };
  await must('owner', 'DELETE /api/v1/chat/labels/:id', { id: (await label('gone')).id });
  await must('agent', 'DELETE /api/v1/chat/views/:id', { id: (await view('gone')).id });
  return kept;
}

/** Hours to stay, which are the workspace's, and others that go. */
async function makeHours(must: Must): Promise<string> {
  const hours = '/api/v1/chat/hours';
  const make = (name: string) => must<HoursDetail>('owner', `POST ${hours}`, {}, hoursOf(name));
  const [, kept, gone] = [await make('first'), await make('kept'), await make('gone')];
  const { id } = kept;
  const edit = { ...hoursOf('edited'), version: kept.version };
  const { version } = await must<HoursDetail>('owner', `PUT ${hours}/:id`, { id }, edit);
  await must('owner', `POST ${hours}/:id/default`, { id }, { version });
  await must('owner', `DELETE ${hours}/:id`, { id: gone.id }, { version: gone.version });
  return id;
}

/** A team that was edited, set aside and brought back, with the agent in it. */
async function makeTeam(must: Must, agent: string): Promise<string> {
  const teams = '/api/v1/account/teams';
  const body = { name: 'kept', memberIds: [agent] };
  let { id, version } = await must<TeamSummary>('owner', `POST ${teams}`, {}, body);
  ({ id, version } = await must<TeamSummary>('owner', `PATCH ${teams}/:id`, { id }, { name: 'edited', version }));
  for (const act of ['archive', 'restore']) {
    ({ version } = await must<TeamSummary>('owner', `POST ${teams}/:id/${act}`, { id }, { version }));
  }
  return id;
}
