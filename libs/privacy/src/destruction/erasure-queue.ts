import { type Database, forUpdate, type UnitOfWork } from '@libs/database';
import type { Clock } from '@libs/kernel';
import { inTenant } from '../in-tenant.js';
import { openTask } from './erasure-tasks.js';

/** What the queue works with. */
export interface ErasureParts {
  readonly database: Database;
  readonly work: UnitOfWork;
  readonly clock: Clock;
  readonly destruction: { destroySubject(tenantId: string, subjectId: string): Promise<boolean> };
  /** A person whose erasure failed: it is tried again with the next round. */
  readonly onError: (task: { readonly tenantId: string; readonly subjectId: string }, error: unknown) => void;
}

interface DueTask {
  readonly id: string;
  readonly subjectId: string;
}

const PAGE = 100;

/** People who withdrew the basic consent and wait for their erasure (C-35). */
export class ErasureQueue {
  constructor(private readonly parts: ErasureParts) {}

  /** When everything of the person is erased unless they agree again; null when nothing is queued. */
  async dueAt(tenantId: string, subjectId: string): Promise<number | null> {
    const task = await inTenant(tenantId, () => openTask(this.parts.database.reader, tenantId, subjectId));
    return task?.dueAt ?? null;
  }

  /** Erases whoever is due; answers how many. One who fails holds up nobody and is tried again. */
  async run(): Promise<number> {
    // The list of tenants belongs to no tenant, so this read is none across them.
    const tenants = await this.parts.database.reader.all<{ id: string }>(
      'SELECT id FROM tenant_tenant ORDER BY id',
      [],
    );
    let erased = 0;
    for (const { id: tenantId } of tenants) {
      for (const task of await this.due(tenantId)) erased += (await this.erase(tenantId, task)) ? 1 : 0;
    }
    return erased;
  }

  private async due(tenantId: string): Promise<DueTask[]> {
    const rows = await inTenant(tenantId, () =>
      this.parts.database.reader.all<{ id: string; subject_id: string }>(
        "SELECT id, subject_id FROM privacy_erasure_task WHERE tenant_id = ? AND state IN ('waiting', 'running') " +
          `AND due_at <= ? ORDER BY due_at LIMIT ${PAGE}`,
        [tenantId, this.parts.clock.now()],
      ),
    );
    return rows.map(({ id, subject_id: subjectId }) => ({ id, subjectId }));
  }

  private async erase(tenantId: string, { id, subjectId }: DueTask): Promise<boolean> {
    try {
      if (!(await this.claim(tenantId, id, subjectId))) return false;
      // Open until the processes that have the other rows have done their part: each takes it up by itself.
      if (!(await this.parts.destruction.destroySubject(tenantId, subjectId))) return false;
      await this.parts.work.upkeep(
        async (tx) =>
          tx.run("UPDATE privacy_erasure_task SET state = 'done', ended_at = ? WHERE tenant_id = ? AND id = ?", [
            this.parts.clock.now(),
            tenantId,
            id,
          ]),
        new Set([tenantId]),
      );
      return true;
    } catch (error) {
      this.parts.onError({ tenantId, subjectId }, error);
      return false;
    }
  }

  /** From here on agreeing again is too late. False where the person was quicker. */
  private claim(tenantId: string, id: string, subjectId: string): Promise<boolean> {
    return this.parts.work.upkeep(
      async (tx) => {
        // The lock that every decision of the person takes first.
        await tx.all(`SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`, [
          tenantId,
          subjectId,
        ]);
        const task = await openTask(tx, tenantId, subjectId);
        if (task?.id !== id) return false;
        await tx.run("UPDATE privacy_erasure_task SET state = 'running' WHERE tenant_id = ? AND id = ?", [
          tenantId,
          id,
        ]);
        return true;
      },
      new Set([tenantId]),
    );
  }
}
