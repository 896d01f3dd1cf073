import type { SqlValue, Tx } from '@libs/database';
import { newId } from '@libs/kernel';
import type { Platform } from '@libs/platform';

/** Conversations of the tenant; whoever walks through all of them is found out. */
export const CONVERSATIONS = 3000;
/** The newest, which somebody still has. */
const OPEN = 60;
/** Conversations in which the newcomer takes part without having them. */
export const JOINED = 5;
const BEGIN = 1_790_000_000_000;
const AT_ONCE = 500;

/** Members of the tenant: one with a long past, and one who came yesterday. */
export const MEMBERS = { veteran: newId(), newcomer: newId() } as const;

/** The time of conversation `index`. */
export const timeOf = (index: number): number => BEGIN + index * 1000;

/** A blind index that only one contact has. */
export const indexOf = (index: number): string => `01${String(index).padStart(32, '0')}`;

/** A token that everybody has, one that every hundredth has, and one that only one contact has. */
export const tokenOf = (index: number | 'all' | 'some'): string =>
  typeof index === 'number' ? `02${String(index).padStart(32, '0')}` : `03${index.padEnd(32, '0')}`;

/** Fills `tenantId` with people who have a conversation, a message and a contact each; nothing in them opens. */
export async function crowd({ work }: Platform, tenantId: string): Promise<{ readonly long: string }> {
  const people = Array.from({ length: CONVERSATIONS }, (_, index) => ({
    ...{ index, id: newId(), subjectId: newId() },
    contactId: newId(),
  }));
  const inboxId = newId();
  await work.upkeep(
    async (tx) => {
      const row = [tenantId, inboxId, 'crowded', 'Inbox', '[]', '{}', 1];
      await tx.insert('chat_inbox', ['tenant_id', 'id', 'public_key', 'name', 'origins', 'look', 'active'], [row]);
    },
    new Set([tenantId]),
  );
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const some = people.slice(from, from + AT_ONCE);
    await work.upkeep((tx) => addPeople(tx, tenantId, inboxId, some), new Set([tenantId]));
  }
  return { long: people[0]!.id };
}

interface Planned {
  readonly index: number;
  readonly id: string;
  readonly subjectId: string;
  readonly contactId: string;
}

async function addPeople(tx: Tx, tenantId: string, inboxId: string, people: readonly Planned[]): Promise<void> {
  const insert = async (table: string, columns: readonly string[], row: (one: Planned) => SqlValue[]) =>
    tx.insert(
      table,
      ['tenant_id', ...columns],
      people.map((one) => [tenantId, ...row(one)]),
    );
  await insert('privacy_data_subject', ['id', 'kind', 'state', 'created_at'], ({ index, subjectId }) => [
    ...[subjectId, 'visitor', 'live', timeOf(index)],
  ]);
  const conversation = ['id', 'inbox_id', 'subject_id', 'state', 'assignee_id', 'created_at', 'last_at'];
  await insert('chat_conversation', conversation, ({ index, id, subjectId }) => [
    ...[id, inboxId, subjectId, index < CONVERSATIONS - OPEN ? 'resolved' : 'open', MEMBERS.veteran],
    ...[timeOf(index), timeOf(index)],
  ]);
  const message = ['conversation_id', 'seq', 'revision', 'subject_id', 'sender_id', 'send_number', 'body', 'at'];
  await insert('chat_message', message, ({ index, id, subjectId }) => [
    ...[id, 1, 1, subjectId, 'sender', 1, Buffer.from('sealed'), timeOf(index)],
  ]);
  const contact = ['id', 'subject_id', 'created_at', 'updated_at', 'version', 'pieces', 'mobile_index', 'email_index'];
  await insert('crm_contact', contact, ({ index, subjectId, contactId }) => [
    ...[contactId, subjectId, timeOf(index), timeOf(index), 1, 1, indexOf(index), indexOf(index)],
  ]);
  const pieces = people.flatMap(({ index, subjectId, contactId }) =>
    [tokenOf('all'), tokenOf(index), ...(index % 100 === 0 ? [tokenOf('some')] : [])].map((token) => [
      ...[tenantId, subjectId, 'name', token, contactId, timeOf(index)],
    ]),
  );
  const piece = ['tenant_id', 'subject_id', 'field', 'token', 'contact_id', 'created_at'];
  await tx.insert('crm_contact_piece', piece, pieces);
  const part = (one: Planned, participant: string): SqlValue[] => [tenantId, one.id, participant, 1, 1];
  const parts = people.flatMap((one) => [
    part(one, MEMBERS.veteran),
    ...(one.index < JOINED ? [part(one, MEMBERS.newcomer)] : []),
  ]);
  await tx.insert('chat_participant', ['tenant_id', 'conversation_id', 'participant', 'delivered', 'read_seq'], parts);
}
