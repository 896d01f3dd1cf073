import { type Dialect, placeholders } from '../sql.js';

/** A statement that must span tenants: the only exemption from the query gate, each with its reason. */
export interface CrossTenantStatement {
  readonly name: string;
  readonly reason: string;
  /** The exact text, or a pattern for texts whose number of placeholders varies. */
  readonly sql: string | RegExp;
}

/** Most rows that one run of the sequencer places. */
export const SEQUENCER_PAGE = 1000;
/** Most rows that a journal consumer handles at once. */
export const CONSUMER_PAGE = 500;

const ROW = 'tenant_id, kind, subject_id, resource, detail, at';

/** On SQLite the insertion id is the position. */
function placeOf(dialect: Dialect): string {
  return dialect === 'sqlite' ? 'id' : 'position';
}

/** A page of the journal between two positions (after, up to), for one consumer. */
export function journalPage(dialect: Dialect, kinds: number): string {
  const place = placeOf(dialect);
  return (
    `SELECT id, ${place} AS position, ${ROW} FROM event_journal ` +
    `WHERE ${place} > ? AND ${place} <= ? AND kind IN (${placeholders(kinds)}) ORDER BY ${place} LIMIT ${CONSUMER_PAGE}`
  );
}

/** Of each thing that changed between two positions only the newest row: for projections that need no more. */
export function journalDigest(dialect: Dialect, kinds: number): string {
  const place = placeOf(dialect);
  return (
    `SELECT id, ${place} AS position, ${ROW} FROM event_journal WHERE ${place} IN (SELECT MAX(${place}) ` +
    `FROM event_journal WHERE ${place} > ? AND ${place} <= ? AND kind IN (${placeholders(kinds)}) ` +
    `GROUP BY tenant_id, resource) ORDER BY ${place}`
  );
}

/** Journal rows that have no place yet, in insertion order. A plain consistent read: it waits for no transaction. */
export const UNSEQUENCED_JOURNAL = `SELECT id FROM event_journal WHERE position IS NULL ORDER BY id LIMIT ${SEQUENCER_PAGE}`;
/** The last place that was given. */
export const HIGHEST_POSITION = 'SELECT COALESCE(MAX(position), 0) AS highest FROM event_journal';
/** The same where the insertion id is the place. */
export const HIGHEST_ID = 'SELECT COALESCE(MAX(id), 0) AS highest FROM event_journal';

/** Gives `count` journal rows their place: parameters are (id, position) pairs, then the ids. */
export function placeJournal(count: number): string {
  const cases = Array.from({ length: count }, () => 'WHEN ? THEN ?').join(' ');
  return `UPDATE event_journal SET position = CASE id ${cases} END WHERE id IN (${placeholders(count)})`;
}

/** The invalidation feed since a time by the database's clock. */
export const RECENT_INVALIDATIONS = 'SELECT id, tenant_id, kind, ref FROM event_invalidation WHERE at >= ?';

/** The inbox of a public key: the key is all that a visitor's page knows. */
export const inboxByPublicKey =
  'SELECT tenant_id, id, public_key, name, origins, look, active, identity_mode FROM chat_inbox WHERE public_key = ?';

/** Choice of workspace: the members of one login over all tenants. */
export const MEMBERS_OF_LOGIN =
  'SELECT m.tenant_id, m.id, m.subject_id, m.role, t.name, t.slug FROM auth_member m ' +
  'JOIN tenant_tenant t ON t.id = m.tenant_id ' +
  "WHERE m.login_id = ? AND m.state = 'active' AND t.state = 'active' ORDER BY t.slug, m.id";

/** Every workspace that a login has ever been a member of: who is disabled there may come back. */
export const TENANTS_OF_LOGIN = 'SELECT DISTINCT tenant_id FROM auth_member WHERE login_id = ?';

/** Most conversations that one look brings back at once. */
export const DUE_SNOOZES_PAGE = 200;
/** Conversations that were put off until a time that has come: ids and nothing else. */
export const DUE_SNOOZES =
  'SELECT tenant_id, id, subject_id FROM chat_conversation WHERE snoozed_until <= ? AND id > ? ' +
  `ORDER BY id LIMIT ${DUE_SNOOZES_PAGE}`;

/** Most scheduled replies that one look reads at once. */
export const DUE_REPLIES_PAGE = 200;
/** Replies that were scheduled for a time that has come, after (due_at, id), in the order of their times: no text. */
export const DUE_REPLIES =
  "SELECT tenant_id, id, due_at FROM chat_scheduled_reply WHERE state = 'pending' AND due_at <= ? " +
  `AND due_at >= ? AND (due_at > ? OR id > ?) ORDER BY due_at, id LIMIT ${DUE_REPLIES_PAGE}`;

/** Tenants whose queues may need a look: somebody waits where the machine gives, or a member's line was lost. */
export const ROUTING_TENANTS =
  "SELECT i.tenant_id FROM chat_routing_inbox i WHERE i.mode <> 'manual' AND EXISTS (SELECT 1 FROM chat_conversation c " +
  'WHERE c.tenant_id = i.tenant_id AND c.inbox_id = i.inbox_id AND c.queued_at > 0) ' +
  'UNION SELECT tenant_id FROM chat_routing_member WHERE lost_at > 0';

/** Members who get work, or chose not to, and whose line nobody has seen since a time. */
export const UNSEEN_MEMBERS =
  "SELECT tenant_id, member_id FROM chat_routing_member WHERE availability IN ('online', 'busy') AND seen_at < ?";

const MARKS = '\\?(?:, \\?)*';

/** Every statement that spans tenants. A new one is a decision for a reviewer. */
export const CROSS_TENANT: readonly CrossTenantStatement[] = [
  {
    name: 'journal-page',
    reason: 'a consumer of the journal reads the changes of all tenants in one order; each row names its tenant',
    sql: new RegExp(
      `^SELECT id, (id|position) AS position, ${ROW} FROM event_journal WHERE \\1 > \\? AND \\1 <= \\? AND kind IN \\(${MARKS}\\) ORDER BY \\1 LIMIT ${CONSUMER_PAGE}$`,
    ),
  },
  {
    name: 'journal-digest',
    reason: 'a projection reads the newest change of each thing of all tenants; each row names its tenant',
    sql: new RegExp(
      `^SELECT id, (id|position) AS position, ${ROW} FROM event_journal WHERE \\1 IN \\(SELECT MAX\\(\\1\\) FROM event_journal WHERE \\1 > \\? AND \\1 <= \\? AND kind IN \\(${MARKS}\\) GROUP BY tenant_id, resource\\) ORDER BY \\1$`,
    ),
  },
  {
    name: 'journal-unsequenced',
    reason: 'positions are one row of numbers over all tenants',
    sql: UNSEQUENCED_JOURNAL,
  },
  { name: 'journal-highest', reason: 'positions are one row of numbers over all tenants', sql: HIGHEST_POSITION },
  { name: 'journal-highest-id', reason: 'the end of the journal is one number over all tenants', sql: HIGHEST_ID },
  {
    name: 'journal-place',
    reason: 'positions are one row of numbers over all tenants; nothing but the position is written',
    sql: new RegExp(
      `^UPDATE event_journal SET position = CASE id(?: WHEN \\? THEN \\?)+ END WHERE id IN \\(${MARKS}\\)$`,
    ),
  },
  {
    name: 'invalidation-feed',
    reason: 'a process caches things of all tenants and must forget for all of them',
    sql: RECENT_INVALIDATIONS,
  },
  {
    name: 'inbox-by-key',
    reason: 'a widget knows only the public key of its inbox; the answer tells the tenant',
    sql: inboxByPublicKey,
  },
  {
    name: 'members-of-login',
    reason: 'sign-in: one login may have members in several tenants, and the person chooses among them',
    sql: MEMBERS_OF_LOGIN,
  },
  {
    name: 'routing-tenants',
    reason: 'each process looks at the queues of all tenants, also of those nobody has asked about since its start',
    sql: ROUTING_TENANTS,
  },
  {
    name: 'unseen-members',
    reason: 'whose line was lost shows only by what nobody wrote; the answer is ids alone',
    sql: UNSEEN_MEMBERS,
  },
  {
    name: 'tenants-of-login',
    reason:
      'an admin may reset only a login that opens no other workspace; the answer is ids of tenants and nothing else',
    sql: TENANTS_OF_LOGIN,
  },
  {
    name: 'due-snoozes',
    reason: 'a clock strikes for all tenants at once; the answer is ids, and each is brought back in its own tenant',
    sql: DUE_SNOOZES,
  },
  {
    name: 'due-replies',
    reason: 'a clock strikes for all tenants at once; the answer is ids, and each reply is sent in its own tenant',
    sql: DUE_REPLIES,
  },
];

const exact = new Map(CROSS_TENANT.filter(({ sql }) => typeof sql === 'string').map((one) => [one.sql, one]));

/** The named statement that `sql` is, if it is one. */
export function crossTenantStatement(sql: string): CrossTenantStatement | undefined {
  return exact.get(sql) ?? CROSS_TENANT.find((one) => one.sql instanceof RegExp && one.sql.test(sql));
}
