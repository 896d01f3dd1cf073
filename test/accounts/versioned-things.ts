import { newId } from '@libs/kernel';
import type { AccountCaller, Answer } from './account-caller.js';

/** One browser at both services that keep things with versions. */
export interface Desk {
  readonly account: AccountCaller;
  readonly chat: AccountCaller;
}

/** Something that several members may edit. */
export interface VersionedThing {
  readonly table: string;
  /** Makes it, or finds it; answers its id and version. */
  begin(desk: Desk): Promise<{ readonly id: string; readonly version: number }>;
  /** An edit of a version that somebody has seen; each differs from the one before. */
  edit(desk: Desk, id: string, version: number): Promise<Answer<OvertakenBody>>;
}

/** What an edit that came too late is answered. */
export interface OvertakenBody {
  readonly version?: number;
  readonly details?: Readonly<Record<string, unknown>>;
}

let edits = 0;
const next = () => `edit ${++edits}`;
const made = async (answer: Promise<Answer<{ id: string; version?: number }>>) => {
  const { id, version } = (await answer).body;
  return { id, version: version ?? 1 };
};
const WEEK = Array.from({ length: 7 }, () => ({ periods: [{ from: '09:00', to: '18:00' }] }));
const hours = () => ({ name: next(), timeZone: 'Asia/Shanghai', week: WEEK, days: [] });
const canned = () => ({ shortcut: `s${++edits}`, title: next(), text: 'Hello', locale: null, position: 1 });

async function firstInbox({ chat }: Desk): Promise<{ id: string; version: number }> {
  const { body } = await chat.get<{ items: readonly { id: string; version: number }[] }>('/inboxes');
  return body.items[0]!;
}

/** Everything of a workspace that two members can edit at once. Contacts have a test of their own, beside crm. */
export const VERSIONED_THINGS: Readonly<Record<string, VersionedThing>> = {
  team: {
    table: 'auth_team',
    begin: ({ account }) => made(account.post('/teams', { name: newId() })),
    edit: ({ account }, id, version) => account.patch(`/teams/${id}`, { version, name: next() }),
  },
  workspace: {
    table: 'tenant_tenant',
    begin: async ({ account }) => (await account.get<{ id: string; version: number }>('/workspace')).body,
    edit: ({ account }, _id, version) => account.patch('/workspace', { version, name: next() }),
  },
  'business hours': {
    table: 'chat_business_hours',
    begin: ({ chat }) => made(chat.post('/hours', hours())),
    edit: ({ chat }, id, version) => chat.put(`/hours/${id}`, { ...hours(), version }),
  },
  'canned response': {
    table: 'chat_canned_response',
    begin: ({ chat }) => made(chat.post('/canned-responses', { ...canned(), owner: 'workspace' })),
    edit: ({ chat }, id, version) => chat.put(`/canned-responses/${id}`, { ...canned(), version }),
  },
  inbox: {
    table: 'chat_inbox',
    begin: firstInbox,
    edit: ({ chat }, id, version) => chat.patch(`/inboxes/${id}`, { version, name: next() }),
  },
  'routing of an inbox': {
    table: 'chat_routing_inbox',
    begin: async (desk) => {
      const { id } = await firstInbox(desk);
      return { id, version: (await desk.chat.get<{ version: number }>(`/inboxes/${id}/routing`)).body.version };
    },
    edit: async ({ chat }, id, version) => {
      const { body } = await chat.get<object>(`/inboxes/${id}/routing`);
      return chat.put(`/inboxes/${id}/routing`, { ...body, version });
    },
  },
  'routing of the workspace': {
    table: 'chat_routing_tenant',
    begin: async ({ chat }) => ({ id: '', ...(await chat.get<{ version: number }>('/routing')).body }),
    edit: async ({ chat }, _id, version) => {
      const { body } = await chat.get<object>('/routing');
      return chat.put('/routing', { ...body, id: undefined, version });
    },
  },
};
