import type { ConversationView, ListFilter, ListSort, ListWish } from '@libs/contracts';
import { placeholders, type SqlValue } from '@libs/database';
import { UserError } from '@libs/kernel';
import { currentTenant } from '@libs/tenancy';
import type { ReadScope } from './read-scope.js';

/** Every view, for checks of what was sent. */
export const VIEWS: readonly ConversationView[] = ['mine', 'unassigned', 'all', 'mentions'];

/** Where the next page of a list begins: by its order, the last row's place and id. */
export interface ListCursor {
  readonly sort: ListSort;
  readonly place: number;
  readonly id: string;
}

/** A condition with what it binds; `c` is the conversation, `p` the part that the asking member has in it. */
export interface Condition {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** How many conversations a handle is looked for in: it is the end of an id, and no index knows ends. */
const HANDLE_REACH = 20_000;

const condition = (sql: string, ...params: readonly SqlValue[]): Condition => ({ sql, params });
const oneOf = (column: string, values: readonly SqlValue[]): Condition =>
  condition(`${column} IN (${placeholders(values.length)})`, ...values);

/** Everything that a wish asks for, within what its author may see. */
export function conditionsOf(
  scope: ReadScope,
  { view, filter, sort, handle, ...wish }: ListWish,
  now: number,
): Condition[] {
  const people = peopleOf(wish);
  return [
    viewCondition(view, scope),
    scopeCondition(scope),
    ...(people === undefined ? [] : [oneOf('c.subject_id', people)]),
    ...(handle === undefined ? [] : [handleCondition(handle)]),
    ...filterConditions(filter, scope, now),
    ...(sort === 'longest-waiting' ? [condition('c.waiting_since IS NOT NULL')] : []),
  ];
}

/** Ids begin with the time they were made at: the last ones are those of the last people, and their index holds no more. */
function handleCondition(handle: string): Condition {
  return condition(
    'c.subject_id IN (SELECT h.subject_id FROM (SELECT n.subject_id FROM chat_conversation n WHERE n.tenant_id = ? ' +
      'ORDER BY n.subject_id DESC LIMIT ?) h WHERE h.subject_id LIKE ?)',
    ...[currentTenant().tenantId, HANDLE_REACH, `%${handle.toLowerCase()}`],
  );
}

function viewCondition(view: ConversationView, { memberId }: ReadScope): Condition {
  if (view === 'mine') return condition("c.assignee_id = ? AND c.state <> 'resolved'", memberId);
  if (view === 'unassigned') return condition("c.assignee_id IS NULL AND c.state = 'queued'");
  if (view === 'mentions') {
    return condition(
      'EXISTS (SELECT 1 FROM chat_mention n WHERE n.tenant_id = c.tenant_id AND n.conversation_id = c.id AND n.member_id = ?)',
      memberId,
    );
  }
  return condition('1 = 1');
}

/** Own, participated and unassigned ones; or all of the tenant. */
export function scopeCondition({ reach, memberId }: ReadScope): Condition {
  if (reach === 'all') return condition('1 = 1');
  if (reach === 'none') return condition('1 = 0');
  return condition('(c.assignee_id = ? OR c.assignee_id IS NULL OR p.participant IS NOT NULL)', memberId);
}

function filterConditions(filter: ListFilter, { memberId }: ReadScope, now: number): Condition[] {
  const { inbox = [], label = [], state = [], assignee = [], unread, waiting } = filter;
  const found: Condition[] = [];
  if (inbox.length > 0) found.push(oneOf('c.inbox_id', inbox));
  if (state.length > 0) found.push(oneOf('c.state', state));
  if (label.length > 0) {
    const { sql, params } = oneOf('o.label_id', label);
    found.push({
      sql:
        'EXISTS (SELECT 1 FROM chat_conversation_label o WHERE o.tenant_id = c.tenant_id ' +
        `AND o.conversation_id = c.id AND ${sql})`,
      params,
    });
  }
  if (assignee.length > 0) found.push(assigneeCondition(assignee, memberId));
  if (unread) {
    found.push(
      condition(
        // In what is resolved nothing waits to be read.
        "c.state <> 'resolved' AND EXISTS (SELECT 1 FROM chat_message u WHERE u.tenant_id = c.tenant_id " +
          'AND u.conversation_id = c.id AND u.seq > COALESCE(p.read_seq, 0))',
      ),
    );
  }
  if (waiting !== undefined) found.push(condition('c.waiting_since <= ?', now - waiting * 60_000));
  return found;
}

function assigneeCondition(assignee: readonly string[], memberId: string): Condition {
  const ids = assignee.filter((one) => one !== 'nobody').map((one) => (one === 'me' ? memberId : one));
  const nobody = assignee.includes('nobody') ? ['c.assignee_id IS NULL'] : [];
  const some = ids.length > 0 ? [oneOf('c.assignee_id', ids).sql] : [];
  return condition(`(${[...nobody, ...some].join(' OR ')})`, ...ids);
}

/** Whose conversations a list is of; undefined for everybody's. */
export function peopleOf({ person, people }: Pick<ListWish, 'person' | 'people'>): readonly string[] | undefined {
  return person === undefined ? people : [person, ...(people ?? [])];
}

/** True for a list of somebody's conversations. They are gone to: what else narrows the list is looked at in them alone. */
export function namesPeople(wish: Pick<ListWish, 'person' | 'people'>): boolean {
  return peopleOf(wish) !== undefined;
}

/**
 * The order of a list, its ties broken by id, so that no row stands in two places. The few rows of people are sorted:
 * for the sake of an order that an index has, a database would walk through everybody's.
 */
export function orderOf({ sort, handle, ...wish }: Omit<ListWish, 'view' | 'filter'>): string {
  const few = namesPeople(wish) || handle !== undefined ? ' + 0' : '';
  return sort === 'newest' ? `c.last_at${few} DESC, c.id DESC` : `c.waiting_since${few}, c.id`;
}

/** What lies after a cursor. The first part alone says where to begin: in an OR, SQLite begins at the top of the list. */
export function afterCursor({ sort, place, id }: ListCursor): Condition {
  const [column, sign] = sort === 'newest' ? ['c.last_at', '<'] : ['c.waiting_since', '>'];
  return condition(`${column} ${sign}= ? AND (${column} ${sign} ? OR c.id ${sign} ?)`, place, place, id);
}

/** A cursor as it travels. */
export function writeCursor({ sort, place, id }: ListCursor): string {
  return `${sort === 'newest' ? '' : 'w'}${place}.${id}`;
}

/** Reads a cursor of this order; 422 `chat.cursor-invalid` where it is none. */
export function readCursor(text: string, sort: ListSort): ListCursor {
  const match = /^(w?)(\d{1,15})\.([0-9a-f-]{36})$/.exec(text);
  if (!match || (match[1] === '') !== (sort === 'newest')) {
    throw new UserError('chat.cursor-invalid', 'This is no cursor of the list', { status: 422 });
  }
  return { sort, place: Number(match[2]), id: match[3]! };
}
