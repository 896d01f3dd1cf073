import { placeholders, type Tx, type UnitOfWork } from '@libs/database';
import { type Clock, newId, UserError } from '@libs/kernel';
import { type LogFloor, logFloor } from './log-floor.js';
import type { LogKeys, TenantEnds } from './network-log.ports.js';

/** Rows of one transaction. */
const PAGE = 500;

/** What decides about a month of logs. */
export interface LogExplanation extends LogFloor {
  readonly rule: 'network-log';
  readonly mayPurge: boolean;
}

/** What retention of the log needs. */
export interface LogRetentionPorts {
  readonly work: UnitOfWork;
  readonly keys: LogKeys;
  readonly ends: TenantEnds;
  readonly clock: Clock;
}

/** The one way out of the network log: whole months, key first, never before the floors have passed (P-0803). */
export class NetworkLogRetention {
  constructor(private readonly ports: LogRetentionPorts) {}

  /** Names the rule and the moment until which a month must stay. */
  async explain(tenantId: string, month: string): Promise<LogExplanation> {
    const floor = logFloor(month, await this.ports.ends.endedAt(tenantId));
    return { ...floor, rule: 'network-log', mayPurge: this.ports.clock.now() >= floor.until };
  }

  /** The months of a tenant that lie here and may be purged, oldest first. */
  async dueMonths(tenantId: string): Promise<readonly string[]> {
    const due: string[] = [];
    // Month by month through the key: the rows of a month are never walked.
    for (let month = await this.monthAfter(tenantId, ''); month !== null; ) {
      // Floors end in the order of the months.
      if (!(await this.explain(tenantId, month)).mayPurge) break;
      due.push(month);
      month = await this.monthAfter(tenantId, month);
    }
    return due;
  }

  /** Destroys the key of the month, then its rows; answers how many. Calling again finishes what a crash left. */
  async purgeMonth(tenantId: string, month: string): Promise<number> {
    const { mayPurge, until } = await this.explain(tenantId, month);
    if (!mayPurge) {
      throw new UserError('audit.floor-running', 'The law asks to keep these network logs longer.', {
        status: 409,
        details: { until },
      });
    }
    await this.ports.keys.destroyMonth(tenantId, month);
    let rows = 0;
    for (let page = PAGE; page === PAGE; rows += page) page = await this.deletePage(tenantId, month);
    return rows;
  }

  /**
   * The part that the log has in the erasure of a person: rows stay until their floor, nobody can be found by them.
   * Idempotent.
   */
  async erase(tenantId: string, subjectId: string): Promise<void> {
    const next = 'SELECT id FROM audit_network_log WHERE tenant_id = ? AND subject_id = ? LIMIT 500';
    for (let found = PAGE; found === PAGE; ) {
      found = await this.upkeep(tenantId, async (tx) => {
        const rows = await tx.all<{ id: string }>(next, [tenantId, subjectId]);
        if (rows.length === 0) return 0;
        await tx.run(
          'UPDATE audit_network_log SET subject_id = NULL, member_id = NULL ' +
            `WHERE tenant_id = ? AND subject_id = ? AND id IN (${placeholders(rows.length)})`,
          [tenantId, subjectId, ...rows.map(({ id }) => id)],
        );
        return rows.length;
      });
    }
  }

  private async monthAfter(tenantId: string, month: string): Promise<string | null> {
    const sql = 'SELECT MIN(month) AS month FROM audit_network_log WHERE tenant_id = ? AND month > ?';
    const [row] = await this.upkeep(tenantId, async (tx) => tx.all<{ month: string | null }>(sql, [tenantId, month]));
    return row?.month ?? null;
  }

  /** Each page with its entry in the journal: what is gone is written down, whatever happens to the next one. */
  private deletePage(tenantId: string, month: string): Promise<number> {
    const next = 'SELECT id FROM audit_network_log WHERE tenant_id = ? AND month = ? ORDER BY id LIMIT 500';
    const actor = { kind: 'system', id: 'log-retention' } as const;
    const scope = { tenantId, actor, purpose: 'legal-duty', correlationId: newId() } as const;
    return this.ports.work.run(scope, async ({ tx, record }) => {
      const rows = await tx.all<{ id: string }>(next, [tenantId, month]);
      const last = rows[rows.length - 1];
      if (last) {
        const gone = 'DELETE FROM audit_network_log WHERE tenant_id = ? AND month = ? AND id <= ?';
        await tx.run(gone, [tenantId, month, last.id]);
      }
      record({
        ...{ kind: 'audit.log-month-purged.v1', subjectId: null, resource: `network-log:${month}`, fields: '' },
        ...{ detail: () => ({ rows: rows.length }), commitment: null },
      });
      return rows.length;
    });
  }

  private upkeep<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.ports.work.upkeep(work, new Set([tenantId]));
  }
}
