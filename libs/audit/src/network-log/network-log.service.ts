import { chunks, placeholders, type SqlValue, type Tx, type UnitOfWork } from '@libs/database';
import { type Clock, Gatherer, newId, OperationalError } from '@libs/kernel';
import { monthOf } from './log-floor.js';
import type { LogKeys } from './network-log.ports.js';
import { COLUMNS, type NetworkLogEntry, sealedRow, type WaitingEntry } from './network-log-row.js';

/** Entries and stays that may wait; beyond it requests wait too, and nothing is dropped. */
const MOST_WAITING = 10_000;
/** Rows of one transaction: short, so that messages behind it do not notice. */
const PAGE = 500;
interface OpenSocket {
  readonly tenantId: string;
  readonly at: number;
}

interface Stay extends OpenSocket {
  readonly id: string;
  readonly stayMs: number;
}

/** What the log needs from its process. */
export interface NetworkLogPorts {
  readonly work: UnitOfWork;
  readonly keys: LogKeys;
  readonly clock: Clock;
  /** A batch could not be written; it stays and is tried again. Or one entry cannot be, and is left out. */
  onError(error: unknown): void;
}

/**
 * Writes the network log (F-1406) beside the work, never in the path of a message: entries gather in memory and go to
 * the database in batches of their own. Appending is all it can do, apart from the stay time of a connection, once.
 * What gathered in the last 200 ms dies with a killed process.
 */
export class NetworkLog {
  private readonly waiting: WaitingEntry[] = [];
  private readonly stays: Stay[] = [];
  private readonly sockets = new Map<string, OpenSocket>();
  private readonly gatherer = new Gatherer({
    most: MOST_WAITING,
    waiting: () => this.waiting.length + this.stays.length,
    write: () => this.writeAll(),
  });

  constructor(private readonly ports: NetworkLogPorts) {}

  /** Resolves when the queue has room: a request that finds it full waits. */
  async room(): Promise<void> {
    await this.gatherer.room();
  }

  /**
   * Notes one request. Nothing is written about someone who neither wrote nor signed in: a person who only looks leaves
   * nothing (P-0806).
   */
  record(entry: NetworkLogEntry): void {
    if (isKnown(entry)) this.push(entry, 'http');
  }

  /** Notes a connection with its first message or sign-in; answers the id for `closeSocket`. */
  openSocket(entry: NetworkLogEntry): string | undefined {
    if (!isKnown(entry)) return undefined;
    const { id, at } = this.push(entry, 'socket');
    this.sockets.set(id, { tenantId: entry.tenantId, at });
    return id;
  }

  /** Notes how long the connection was open. Packets write nothing. */
  closeSocket(id: string | undefined): void {
    const open = id === undefined ? undefined : this.sockets.get(id);
    if (id === undefined || !open) return;
    this.sockets.delete(id);
    const stayMs = Math.max(0, this.ports.clock.now() - open.at);
    this.stays.push({ ...open, id, stayMs });
    this.gatherer.arm();
  }

  /** Writes everything that waits now. */
  flush(): Promise<void> {
    return this.gatherer.flush();
  }

  /** Ends open stays and writes the rest; throws when the database will not have it. */
  async close(): Promise<void> {
    for (const id of [...this.sockets.keys()]) this.closeSocket(id);
    const lost = await this.gatherer.close();
    if (lost > 0) throw new OperationalError('audit.log-not-written', `${lost} rows of the network log are lost`);
  }

  /** Called by Nest after the server has drained. */
  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  private push(entry: NetworkLogEntry, kind: 'http' | 'socket'): WaitingEntry {
    const at = this.ports.clock.now();
    const made: WaitingEntry = { ...entry, id: newId(at), month: monthOf(at), at, kind, stayMs: null };
    this.waiting.push(made);
    this.gatherer.arm();
    return made;
  }

  /** Each tenant's rows stand for themselves: one that fails does not hold up the others. */
  private async writeAll(): Promise<boolean> {
    const stays = this.stays.splice(0);
    const entries = this.waiting.splice(0);
    settleStays(entries, stays);
    let whole = true;
    for (const group of groups(entries)) {
      whole = (await this.attempt(group, this.waiting, () => this.writeEntries(group))) && whole;
    }
    const together = new Set(entries.map(({ id }) => id));
    for (const group of groups(stays.filter(({ id }) => !together.has(id)))) {
      whole = (await this.attempt(group, this.stays, () => this.writeStays(group))) && whole;
    }
    return whole;
  }

  private async attempt<T>(group: readonly T[], queue: T[], write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      queue.unshift(...group);
      this.ports.onError(error);
      return false;
    }
  }

  private async writeEntries(group: readonly WaitingEntry[]): Promise<void> {
    const { tenantId, month } = group[0]!;
    const key = await this.ports.keys.monthKey(tenantId, month);
    const rows = group.flatMap((entry) => this.rowsOf(entry, key));
    await this.ports.work.upkeep(
      async (tx) => {
        await cutErased(tx, tenantId, rows);
        await tx.insert('audit_network_log', COLUMNS, rows);
      },
      new Set([tenantId]),
    );
  }

  /**
   * None for an entry of which no row can be made, which is a defect and told as one: tried again for ever it would hold
   * up its tenant's others, and in the end the requests of everybody.
   */
  private rowsOf(entry: WaitingEntry, key: Buffer): SqlValue[][] {
    try {
      return [sealedRow(entry, key)];
    } catch (error) {
      this.ports.onError(error);
      return [];
    }
  }

  private async writeStays(group: readonly Stay[]): Promise<void> {
    const { tenantId } = group[0]!;
    await this.ports.work.upkeep(
      async (tx) => {
        for (const { id, at, stayMs } of group) {
          await tx.run(
            'UPDATE audit_network_log SET stay_ms = ? WHERE tenant_id = ? AND month = ? AND id = ? AND stay_ms IS NULL',
            [stayMs, tenantId, monthOf(at), id],
          );
        }
      },
      new Set([tenantId]),
    );
  }
}

const MEMBER = COLUMNS.indexOf('member_id');
const SUBJECT = COLUMNS.indexOf('subject_id');

/** Someone who was erased while their last requests waited: the row stays, the link goes. */
async function cutErased(tx: Tx, tenantId: string, rows: readonly SqlValue[][]): Promise<void> {
  const ids = [...new Set(rows.map((row) => row[SUBJECT]).filter((id) => typeof id === 'string'))].sort();
  const live = new Set<SqlValue>([null]);
  const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
  for (const some of chunks(ids)) {
    const found = await tx.all<{ id: string }>(
      `SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id IN (${placeholders(some.length)}) ` +
        `AND state <> 'erased' ORDER BY id${lock}`,
      [tenantId, ...some],
    );
    for (const { id } of found) live.add(id);
  }
  for (const row of rows) if (!live.has(row[SUBJECT] ?? null)) row[SUBJECT] = row[MEMBER] = null;
}

function isKnown({ memberId, subjectId }: NetworkLogEntry): boolean {
  return memberId !== null || subjectId !== null;
}

/** A connection that ended before its row was written needs no second statement. */
function settleStays(entries: readonly WaitingEntry[], stays: readonly Stay[]): void {
  const byId = new Map(stays.map((stay) => [stay.id, stay.stayMs]));
  if (byId.size === 0) return;
  for (const entry of entries) entry.stayMs = byId.get(entry.id) ?? entry.stayMs;
}

/** Runs of one tenant and month, none longer than a page. */
function groups<T extends { readonly tenantId: string; readonly at: number }>(items: readonly T[]): T[][] {
  const open = new Map<string, T[]>();
  const all: T[][] = [];
  for (const item of items) {
    const key = `${item.tenantId}/${monthOf(item.at)}`;
    let group = open.get(key);
    if (!group || group.length === PAGE) {
      group = [];
      open.set(key, group);
      all.push(group);
    }
    group.push(item);
  }
  return all;
}
