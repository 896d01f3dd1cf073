import { chunks, type Database, placeholders, type UnitOfWork, upsert } from '@libs/database';
import { announce } from '@libs/events';
import { newId } from '@libs/kernel';
import type { SubjectExistence, SubjectFence } from '../destruction/destruction.ports.js';
import type { EraserName, ErasureRuns } from '../destruction/erasers.js';
import { inTenant } from '../in-tenant.js';
import type { SubjectStep } from './subject-step.js';

const ACTOR = { kind: 'system', id: 'subject-destruction' } as const;

const RUN = {
  table: 'privacy_erasure_run',
  columns: ['tenant_id', 'subject_id', 'eraser', 'at'],
  keys: ['tenant_id', 'subject_id', 'eraser'],
  update: [],
} as const;

/** What the main database knows of erasures: the fence, who exists, and which erasers have run for whom. */
export class MainDatabaseSubjects implements SubjectFence, SubjectExistence, ErasureRuns {
  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly subjects: SubjectStep,
  ) {}

  /** State, invalidation and journal entry in one unit of work; every process refuses within 5 s, this one at once. */
  async close(tenantId: string, subjectId: string): Promise<void> {
    const key = { kind: 'key', tenantId, ref: subjectId } as const;
    if ((await this.existing(tenantId, [subjectId], true)).size > 0) {
      // Closed before, and said so in the journal: only the processes hear it again.
      await this.work.upkeep((tx) => announce(tx, key), new Set([tenantId]));
      this.subjects.forget(tenantId, subjectId);
      return;
    }
    const scope = { tenantId, actor: ACTOR, purpose: 'subject-request', correlationId: newId() };
    await this.work.run(scope, async ({ tx, record }) => {
      await tx.run("UPDATE privacy_data_subject SET state = 'erased' WHERE tenant_id = ? AND id = ?", [
        tenantId,
        subjectId,
      ]);
      await announce(tx, key);
      this.subjects.forget(tenantId, subjectId);
      record({
        kind: 'privacy.subject-erased.v1',
        subjectId,
        resource: `subject:${subjectId}`,
        fields: 'state',
        commitment: null,
      });
    });
  }

  /** Those of `subjectIds` that a backup brought back: not erased, or not by all of `erasers`. */
  async revived(
    tenantId: string,
    subjectIds: readonly string[],
    erasers: readonly EraserName[],
  ): Promise<readonly string[]> {
    const found: string[] = [];
    for (const ids of chunks(subjectIds, 512)) {
      const rows = await inTenant(tenantId, () =>
        this.database.reader.all<{ id: string }>(
          `SELECT d.id FROM privacy_data_subject d WHERE d.tenant_id = ? AND d.id IN (${placeholders(ids.length)}) ` +
            "AND (d.state <> 'erased' OR (SELECT COUNT(*) FROM privacy_erasure_run r WHERE r.tenant_id = ? " +
            `AND r.subject_id = d.id AND r.eraser IN (${placeholders(erasers.length)})) < ${erasers.length})`,
          [tenantId, ...ids, tenantId, ...erasers],
        ),
      );
      found.push(...rows.map((row) => row.id));
    }
    return found;
  }

  async ran(tenantId: string, subjectId: string): Promise<ReadonlySet<string>> {
    const sql = 'SELECT eraser FROM privacy_erasure_run WHERE tenant_id = ? AND subject_id = ?';
    const rows = await inTenant(tenantId, () =>
      this.database.reader.all<{ eraser: string }>(sql, [tenantId, subjectId]),
    );
    return new Set(rows.map(({ eraser }) => eraser));
  }

  async noteRun(tenantId: string, subjectId: string, name: EraserName): Promise<void> {
    const at = await this.database.databaseNow();
    await this.work.upkeep((tx) => upsert(tx, RUN, [tenantId, subjectId, name, at]), new Set([tenantId]));
  }

  async existing(tenantId: string, subjectIds: readonly string[], onlyErased = false): Promise<ReadonlySet<string>> {
    if (subjectIds.length === 0) return new Set();
    const rows = await inTenant(tenantId, () =>
      this.database.reader.all<{ id: string }>(
        `SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id IN (${placeholders(subjectIds.length)})` +
          (onlyErased ? " AND state = 'erased'" : ''),
        [tenantId, ...subjectIds],
      ),
    );
    return new Set(rows.map((row) => row.id));
  }
}
