import { chunks, type Database, placeholders, type UnitOfWork } from '@libs/database';
import { announce } from '@libs/events';
import { newId } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import type { SubjectExistence, SubjectFence, SubjectRows } from '../destruction/destruction.ports.js';
import type { SubjectStep } from './subject-step.js';

const ACTOR = { kind: 'system', id: 'subject-destruction' } as const;

/** The fence and the existence test in the main database. */
export class MainDatabaseSubjects implements SubjectFence, SubjectExistence {
  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly subjects: SubjectStep,
  ) {}

  /** State, invalidation and journal entry in one unit of work; every process refuses within 5 s, this one at once. */
  async close(tenantId: string, subjectId: string): Promise<void> {
    const at = await this.database.databaseNow();
    const scope = { tenantId, actor: ACTOR, purpose: 'subject-request', correlationId: newId() };
    await this.work.run(scope, async ({ tx, record }) => {
      await tx.run("UPDATE privacy_data_subject SET state = 'erased' WHERE tenant_id = ? AND id = ?", [
        tenantId,
        subjectId,
      ]);
      await announce(tx, at, { kind: 'key', tenantId, ref: subjectId });
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

  /** Those of `subjectIds` that have a row which is not erased. */
  async notErased(tenantId: string, subjectIds: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const ids of chunks(subjectIds, 512)) {
      const rows = await runInTenant({ tenantId, actor: ACTOR, correlationId: 'ledger' }, async () =>
        this.database.reader.all<{ id: string }>(
          `SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND state <> 'erased' AND id IN (${placeholders(ids.length)})`,
          [tenantId, ...ids],
        ),
      );
      found.push(...rows.map((row) => row.id));
    }
    return found;
  }

  async existing(tenantId: string, subjectIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (subjectIds.length === 0) return new Set();
    const rows = await runInTenant({ tenantId, actor: ACTOR, correlationId: 'orphan-sweep' }, async () =>
      this.database.reader.all<{ id: string }>(
        `SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id IN (${placeholders(subjectIds.length)})`,
        [tenantId, ...subjectIds],
      ),
    );
    return new Set(rows.map((row) => row.id));
  }
}

/** The erasers of all stores of a process; a new store adds its own. */
export class SubjectErasers implements SubjectRows {
  private readonly erasers: SubjectRows[] = [];

  add(eraser: SubjectRows): void {
    this.erasers.push(eraser);
  }

  async erase(tenantId: string, subjectId: string): Promise<void> {
    for (const eraser of this.erasers) await eraser.erase(tenantId, subjectId);
  }
}
