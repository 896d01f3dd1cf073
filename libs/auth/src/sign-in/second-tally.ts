import { forUpdate, type Tx } from '@libs/database';
import { signInLocked } from '../auth.errors.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';

/** Failures before second steps wait, the first wait, the longest one, and failures that end in a frozen login. */
export const SECOND_STEP_LIMITS = { free: 10, firstMs: 15 * 60_000, longestMs: 24 * 3_600_000, most: 20 } as const;

interface Row {
  readonly second_failures: number | string | null;
  readonly second_locked_until: number | string | null;
}

/**
 * Failed second steps of a login since the last right one, in the database: whoever has the password could otherwise
 * guess on for weeks, from many networks and past restarts. A step counts as failed from its start, so that many at once
 * get no more tries than one after the other.
 */
export class SecondTally {
  constructor(
    private readonly ports: Pick<AuthPorts, 'work' | 'clock'>,
    private readonly platform: PlatformTenant,
  ) {}

  /** Counts a step; answers how many have failed if this one does. Throws `account.locked` while none is looked at. */
  begin(loginId: string): Promise<number> {
    const now = this.ports.clock.now();
    return this.inPlatform(async (tx, tenantId) => {
      const [row] = await tx.all<Row>(
        `SELECT second_failures, second_locked_until FROM auth_login WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`,
        [tenantId, loginId],
      );
      const wait = Number(row?.second_locked_until ?? 0) - now;
      // What a clock that was wrong has written into the future holds up nobody.
      if (wait > 0 && wait <= SECOND_STEP_LIMITS.longestMs) throw signInLocked(wait);
      const failures = Number(row?.second_failures ?? 0) + 1;
      await tx.run(
        'UPDATE auth_login SET second_failures = ?, second_locked_until = ? WHERE tenant_id = ? AND id = ?',
        [...[failures, lockedUntil(failures, now), tenantId], loginId],
      );
      return failures;
    });
  }

  /** It was right: what failed before is forgotten. */
  async succeeded(loginId: string): Promise<void> {
    await this.inPlatform(async (tx, tenantId) =>
      tx.run(
        'UPDATE auth_login SET second_failures = NULL, second_locked_until = NULL WHERE tenant_id = ? AND id = ?',
        [tenantId, loginId],
      ),
    );
  }

  /** Nothing was compared: the step does not count. */
  async undecided(loginId: string): Promise<void> {
    await this.inPlatform(async (tx, tenantId) =>
      tx.run(
        'UPDATE auth_login SET second_failures = second_failures - 1, second_locked_until = NULL ' +
          'WHERE tenant_id = ? AND id = ? AND second_failures > 0',
        [tenantId, loginId],
      ),
    );
  }

  private async inPlatform<T>(work: (tx: Tx, tenantId: string) => Promise<T>): Promise<T> {
    const tenantId = await this.platform.id();
    return this.ports.work.upkeep(async (tx) => work(tx, tenantId), new Set([tenantId]));
  }
}

function lockedUntil(failures: number, now: number): number | null {
  const { free, firstMs, longestMs } = SECOND_STEP_LIMITS;
  return failures < free ? null : now + Math.min(longestMs, firstMs * 2 ** (failures - free));
}
