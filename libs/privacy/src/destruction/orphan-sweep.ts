import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@libs/kernel';
import { groupBy } from '../key-ladder/group-by.js';
import type { KeyService } from '../key-ladder/key.service.js';
import type { KeyStore } from '../key-store/key-store.port.js';
import type { SubjectExistence } from './destruction.ports.js';

const AGE_MS = 24 * 3_600_000;
const PAGE = 500;

/**
 * Keys are made before the row of their person; a crash or a refused write between the two leaves a key that opens
 * nothing. A day later no write can still be under way: such keys are destroyed, the others never looked at again.
 */
export class OrphanSweep {
  constructor(
    private readonly keys: KeyService,
    private readonly store: KeyStore,
    private readonly clock: Clock,
    private readonly existence: SubjectExistence,
  ) {}

  /** Returns how many orphans were destroyed. */
  async sweep(): Promise<number> {
    const now = this.clock.now();
    let destroyed = 0;
    for (;;) {
      await setImmediate();
      const page = await this.store.unconfirmedSubjects(now - AGE_MS, PAGE);
      if (page.length === 0) return destroyed;
      for (const [tenantId, subjects] of groupBy(page, (subject) => subject.tenantId)) {
        const ids = subjects.map(({ subjectId }) => subjectId);
        const existing = await this.existence.existing(tenantId, ids);
        await this.store.confirmSubjects(
          tenantId,
          ids.filter((id) => existing.has(id)),
        );
        for (const id of ids.filter((candidate) => !existing.has(candidate))) {
          await this.store.destroySubject(tenantId, id, now);
          this.keys.drop(tenantId, id);
          destroyed++;
        }
      }
    }
  }
}
