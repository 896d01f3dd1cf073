import type {
  AgentItem,
  AgentSync,
  AgentSynced,
  DeliveryCursor,
  ItemPage,
  VisitorItem,
  VisitorSync,
  VisitorSynced,
} from '@libs/contracts';
import { LIMITS } from '@libs/contracts';
import { DATABASE, type Database, type SqlValue } from '@libs/database';
import { InvalidationFeed } from '@libs/events';
import { FIELD_CIPHER, type FieldCipher, PersonalGate } from '@libs/privacy';
import type { FaceDecision, FieldCode, Purpose, WithheldReason } from '@libs/privacy-core';
import { mask } from '@libs/privacy-core';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { bodyRow, MESSAGE_BODY, NOTE_BODY } from '../messages/message-text.js';
import { toBuffer } from '../messages/stored-sends.js';
import type { KnownVisitor } from '../widget-sessions/visitor-session.js';
import { shownToMembers } from './hidden-numbers.js';
import { MEMBER_NAMES, type MemberNames } from './member-names.js';

interface EntryRow {
  readonly kind: string;
  readonly seq: number | string | null;
  readonly revision: number | string;
  readonly author_id: string | null;
  readonly sender_id: string | null;
  readonly send_number: number | string | null;
  readonly body: Buffer | null;
  readonly at: number | string;
  readonly member_id: string | null;
  readonly snoozed_until: number | string | null;
}

/** Who looks: the person, or a member by role. */
type Onlooker = 'visitor' | { readonly role: string };

type Faces = ReadonlyMap<FieldCode, FaceDecision>;

/** A message or a note as an agent sees it. */
export type TextItem = Extract<AgentItem, { readonly kind: 'message' | 'note' }>;

/** Which field of the register the body of an entry is. */
export const CODES = { message: 'chat.message', note: 'chat.note' } as const;

/** What a role sees that may know of a text and not read it. */
export const MASKED = mask('none', '');

/** A conversation as far as reading it needs: ids only. */
export interface StreamKey {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly subjectId: string;
}

const MESSAGES =
  "SELECT 'message' AS kind, seq, revision, author_id, sender_id, send_number, body, at, NULL AS member_id, " +
  'NULL AS snoozed_until FROM chat_message ' +
  'WHERE tenant_id = ? AND conversation_id = ?';
const CHANGES =
  'SELECT kind, seq, revision, author_id, sender_id, send_number, body, at, member_id, snoozed_until FROM chat_change ' +
  'WHERE tenant_id = ? AND conversation_id = ?';

const PURPOSE: Purpose = 'support-conversation';
const PLACED = MESSAGES.replace('SELECT ', 'SELECT conversation_id, ');

/** What decides how entries show themselves. */
interface Sight {
  readonly faces: Faces;
  readonly names: ReadonlyMap<string, string>;
  readonly purpose: Purpose;
  /** The person looks, or somebody who has said why: nothing in the text is starred. */
  readonly whole?: boolean;
}

/** Reads streams: the one door out for message bodies. Decrypts for the purpose of the conversation only. */
@Injectable()
export class StreamReader {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(FIELD_CIPHER) private readonly cipher: FieldCipher,
    @Inject(MEMBER_NAMES) private readonly names: MemberNames,
    private readonly feed: InvalidationFeed,
    private readonly gate: PersonalGate,
  ) {}

  /** Everything after `after` that the visitor may see. */
  async forVisitor(tenantId: string, visitor: KnownVisitor, { after, limit }: VisitorSync): Promise<VisitorSynced> {
    const key = { tenantId, ...visitor };
    const take = pageSize(limit);
    const rows = await this.rows(key, `${MESSAGES} AND seq > ? ORDER BY seq LIMIT ?`, [after, take]);
    // Their own data: readable to them whatever they have withdrawn.
    const items = await this.itemsOf(key, rows, 'visitor');
    return {
      items: items.map(toVisitor),
      upTo: rows.length > 0 ? Number(rows[rows.length - 1]!.seq) : after,
      more: rows.length === take,
      agentCursor: await this.cursor(key, false),
    };
  }

  /** Everything after revision `after`, messages, notes and changes in one order. */
  async forAgent(
    key: StreamKey,
    role: string,
    { after, limit }: Omit<AgentSync, 'conversationId'>,
  ): Promise<AgentSynced> {
    const take = pageSize(limit);
    const seq = await this.seqUpTo(key, after);
    const rows = await this.merged(key, take, [
      [`${MESSAGES} AND seq > ? ORDER BY seq LIMIT ?`, seq],
      [`${CHANGES} AND revision > ? ORDER BY revision LIMIT ?`, after],
    ]);
    return {
      items: await this.itemsOf(key, rows, { role }),
      upTo: rows.length > 0 ? Number(rows[rows.length - 1]!.revision) : after,
      more: rows.length === take,
      visitorCursor: await this.cursor(key, true),
    };
  }

  /** A page of history that ends before revision `before`. */
  async before(key: StreamKey, role: string, before: number, limit?: number): Promise<ItemPage> {
    const take = pageSize(limit);
    const seq = await this.seqUpTo(key, before - 1);
    const rows = await this.merged(key, take, [
      [`${MESSAGES} AND seq <= ? ORDER BY seq DESC LIMIT ?`, seq],
      [`${CHANGES} AND revision < ? ORDER BY revision DESC LIMIT ?`, before],
    ]);
    return { items: await this.itemsOf(key, rows, { role }), more: rows.length === take };
  }

  /** How far the other side has received and read: the visitor, or the foremost of the agents. */
  async cursor(key: StreamKey, ofVisitor: boolean): Promise<DeliveryCursor> {
    const rows = await this.in<{ delivered: number | string | null; read_seq: number | string | null }>(
      key,
      'SELECT MAX(delivered) AS delivered, MAX(read_seq) AS read_seq FROM chat_participant ' +
        `WHERE tenant_id = ? AND conversation_id = ? AND participant ${ofVisitor ? '=' : '<>'} 'visitor'`,
      [],
    );
    return { delivered: Number(rows[0]?.delivered ?? 0), read: Number(rows[0]?.read_seq ?? 0) };
  }

  /**
   * One message of each of these conversations of one tenant, for the list, by conversation: one query, one look at the
   * decisions and one at the keys. Nothing of a person whose keys are gone.
   */
  async texts(
    tenantId: string,
    role: string,
    places: readonly (StreamKey & { readonly seq: number })[],
  ): Promise<ReadonlyMap<string, TextItem>> {
    if (places.length === 0) return new Map();
    const rows = await this.rowsAt(tenantId, places);
    const subjects = [...new Set(places.map(({ subjectId }) => subjectId))];
    const faces = await this.gate.decisions({ tenantId, role, purpose: PURPOSE }, subjects, [CODES.message]);
    const wishes = subjects
      .filter((id) => faces.get(id)!.get(CODES.message)?.face === 'plain')
      .map((subjectId) => ({ subjectId, group: MESSAGE_BODY.group }));
    const closed = await this.cipher.loadAvailable(tenantId, wishes);
    const names = await this.names.nameOf(
      tenantId,
      [...rows.values()].flatMap(({ author_id }) => author_id ?? []),
    );
    const items = new Map<string, TextItem>();
    for (const key of places) {
      const row = rows.get(key.conversationId);
      if (!row || closed.has(key.subjectId)) continue;
      const sight = { faces: faces.get(key.subjectId)!, names, purpose: PURPOSE };
      items.set(key.conversationId, this.textOf(key, row, sight));
    }
    return items;
  }

  /** What a visitor wrote at `seq`, whole, where the role may read it at all; for a reveal. */
  async whole(key: StreamKey, role: string, seq: number): Promise<string | undefined> {
    const row = (await this.rowsAt(key.tenantId, [{ ...key, seq }])).get(key.conversationId);
    if (!row || row.author_id !== null) return undefined;
    const faces = await this.faces(key, [row], { role });
    if (!isReadable(row, faces)) return undefined;
    await this.cipher.load(key.tenantId, [key.subjectId], MESSAGE_BODY.group);
    return this.textOf(key, row, { faces, names: new Map(), purpose: PURPOSE, whole: true }).text;
  }

  private async rowsAt(
    tenantId: string,
    places: readonly (StreamKey & { readonly seq: number })[],
  ): Promise<ReadonlyMap<string, EntryRow>> {
    this.feed.assertFresh();
    // One part for each: with OR, SQLite reads all messages of the tenant.
    const sql = places.map(() => `${PLACED} AND seq = ?`).join(' UNION ALL ');
    const params = places.flatMap(({ conversationId, seq }) => [tenantId, conversationId, seq]);
    const rows = await this.all<EntryRow & { readonly conversation_id: string }>(tenantId, 'list', sql, params);
    return new Map(rows.map((row) => [row.conversation_id, row]));
  }

  /** Messages and changes of one page, in stream order. The nearest `take` are kept, whichever way they were read. */
  private async merged(
    key: StreamKey,
    take: number,
    parts: readonly (readonly [sql: string, from: number])[],
  ): Promise<EntryRow[]> {
    const rows = (await Promise.all(parts.map(([sql, from]) => this.rows(key, sql, [from, take])))).flat();
    const backwards = parts[0]![0].includes('DESC');
    rows.sort((a, b) => Number(a.revision) - Number(b.revision));
    return backwards ? rows.slice(-take) : rows.slice(0, take);
  }

  /**
   * The seq of the last message at or before `revision`. Both counters are gapless and every revision is a message or a
   * change, so it is the revision less the changes up to there: no index on a message's revision is needed.
   */
  async seqUpTo(key: StreamKey, revision: number): Promise<number> {
    const [row] = await this.in<{ n: number | string }>(
      key,
      'SELECT COUNT(*) AS n FROM chat_change WHERE tenant_id = ? AND conversation_id = ? AND revision <= ?',
      [revision],
    );
    return revision - Number(row?.n ?? 0);
  }

  private rows(key: StreamKey, sql: string, params: readonly number[]): Promise<EntryRow[]> {
    this.feed.assertFresh();
    return this.in<EntryRow>(key, sql, params);
  }

  private async in<R extends object>(
    { tenantId, conversationId }: StreamKey,
    sql: string,
    params: readonly number[],
  ): Promise<R[]> {
    return this.all<R>(tenantId, conversationId, sql, [tenantId, conversationId, ...params]);
  }

  private all<R extends object>(
    tenantId: string,
    correlationId: string,
    sql: string,
    params: readonly SqlValue[],
  ): Promise<R[]> {
    const context = { tenantId, actor: { kind: 'system', id: 'stream-reader' }, correlationId } as const;
    return runInTenant(context, async () => this.database.reader.all<R>(sql, params));
  }

  private async itemsOf(key: StreamKey, rows: readonly EntryRow[], onlooker: Onlooker): Promise<AgentItem[]> {
    const { tenantId, subjectId } = key;
    const purpose = onlooker === 'visitor' ? 'subject-request' : PURPOSE;
    const faces = await this.faces(key, rows, onlooker);
    if (rows.some((row) => isReadable(row, faces))) await this.cipher.load(tenantId, [subjectId], 'content');
    const names = await this.names.nameOf(
      tenantId,
      rows.flatMap(({ author_id, member_id }) => [author_id ?? [], member_id ?? []].flat()),
    );
    const sight = { faces, names, purpose, whole: onlooker === 'visitor' } as const;
    return rows.map((row) => (row.body === null ? changeOf(key, row, names) : this.textOf(key, row, sight)));
  }

  /** One text as it may be shown; its key is in memory where it is opened. */
  private textOf(key: StreamKey, row: EntryRow, { faces, names, purpose, whole }: Sight): TextItem {
    const { tenantId, subjectId, conversationId } = key;
    const sender = row.sender_id!;
    const number = Number(row.send_number);
    const kind = row.kind as 'message' | 'note';
    const said = { ...entryOf(key, row, names), kind, sender, number } as const;
    const decided = faces.get(CODES[kind])!;
    if (decided.face === 'withheld') return { ...said, text: '', withheld: decided.reason };
    if (decided.face === 'no-permission') return { ...said, text: '', withheld: 'no-permission' };
    if (decided.face === 'masked') return { ...said, text: MASKED, masked: true };
    const spec = kind === 'note' ? NOTE_BODY : MESSAGE_BODY;
    const binding = bodyRow(conversationId, sender, number);
    const text = this.cipher.open(tenantId, subjectId, spec, binding, toBuffer(row.body!), purpose);
    return whole || row.author_id !== null ? { ...said, text } : { ...said, ...shownToMembers(text) };
  }

  /** How the bodies of this page may show themselves; what is not plain is never decrypted. */
  private async faces(
    { tenantId, subjectId }: StreamKey,
    rows: readonly EntryRow[],
    onlooker: Onlooker,
  ): Promise<Faces> {
    const kinds = new Set(rows.filter(({ body }) => body !== null).map(({ kind }) => kind as keyof typeof CODES));
    const fields = [...kinds].map((kind) => CODES[kind]);
    if (fields.length === 0) return new Map();
    if (onlooker !== 'visitor') {
      const { role } = onlooker;
      const decided = await this.gate.decisions({ tenantId, role, purpose: PURPOSE }, [subjectId], fields);
      return decided.get(subjectId)!;
    }
    // The mask is for members: people see their own words.
    const refused = await this.gate.refused(tenantId, 'subject-request', subjectId, fields);
    const reasons = new Map(refused.map(({ field, reason }) => [field, reason]));
    return new Map(fields.map((field) => [field, ownFace(reasons.get(field))]));
  }
}

function ownFace(reason: WithheldReason | undefined): FaceDecision {
  return reason === undefined ? { face: 'plain' } : { face: 'withheld', reason };
}

function isReadable({ body, kind }: EntryRow, faces: Faces): boolean {
  return body !== null && faces.get(CODES[kind as keyof typeof CODES])?.face === 'plain';
}

function entryOf({ conversationId }: StreamKey, row: EntryRow, names: Sight['names']) {
  return {
    conversationId,
    revision: Number(row.revision),
    seq: row.seq === null ? null : Number(row.seq),
    at: Number(row.at),
    author: authorOf(row, names),
  };
}

/** A change that has no text. */
function changeOf(key: StreamKey, row: EntryRow, names: Sight['names']): AgentItem {
  const base = entryOf(key, row, names);
  const { kind, member_id: id, snoozed_until: until } = row;
  if (until !== null) return { ...base, kind: 'snoozed', until: Number(until) };
  if (id === null) return { ...base, kind: kind as 'taken' };
  return { ...base, kind: kind as 'assigned' | 'released', member: { id, name: names.get(id) ?? null } };
}

function authorOf(row: EntryRow, names: ReadonlyMap<string, string>): AgentItem['author'] {
  if (row.author_id !== null) return { kind: 'agent', id: row.author_id, name: names.get(row.author_id) ?? null };
  return { kind: 'visitor', id: null, name: null };
}

function toVisitor(item: AgentItem): VisitorItem {
  const { seq, at, author } = item;
  const { text, sender, number } = item as Extract<AgentItem, { kind: 'message' }>;
  const base = { seq: seq!, kind: 'message', text, at } as const;
  if (author.kind === 'visitor') return { ...base, from: 'visitor', sender, number };
  return { ...base, from: 'agent', ...(author.name === null ? {} : { name: author.name }) };
}

function pageSize(limit = 100): number {
  return Math.min(Math.max(1, Math.trunc(limit)), LIMITS.syncPage);
}
