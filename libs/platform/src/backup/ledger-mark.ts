import { UserError } from '@libs/kernel';
import type { DestructionLedger, LedgerEntry } from '@libs/privacy';
import { sha256Hex } from '@libs/privacy-core';

/** How far the ledger had come; the ledger itself is in no backup. */
export interface LedgerMark {
  readonly entries: number;
  /** Hash of the newest entry, null for an empty ledger. */
  readonly newest: string | null;
}

/** Where the ledger stands now. */
export async function ledgerMark(ledger: DestructionLedger): Promise<LedgerMark> {
  let entries = 0;
  let newest: LedgerEntry | undefined;
  for await (const entry of ledger.entries()) {
    entries += 1;
    if (newest === undefined || entry.at >= newest.at) newest = entry;
  }
  return { entries, newest: newest ? hashOf(newest) : null };
}

/**
 * The ledger beside which a backup is restored must reach at least as far as the one it was made beside: with less of it
 * somebody who was destroyed would come back.
 */
export async function assertReaches(ledger: DestructionLedger, mark: LedgerMark): Promise<void> {
  let entries = 0;
  let knowsNewest = mark.newest === null;
  for await (const entry of ledger.entries()) {
    entries += 1;
    knowsNewest ||= hashOf(entry) === mark.newest;
  }
  if (knowsNewest && entries >= mark.entries) return;
  throw new UserError(
    'platform.restore-ledger-behind',
    `The ledger of destructions here has ${entries} entries and is behind the backup, which was made beside ` +
      `${mark.entries}. Bring the newest ledger first: without it people who were destroyed would come back.`,
  );
}

/** Everybody whose destruction was ever ordered, by tenant. */
export async function everDestroyed(ledger: DestructionLedger): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const byTenant = new Map<string, Set<string>>();
  for await (const { tenantId, subjectId } of ledger.entries()) {
    byTenant.set(tenantId, (byTenant.get(tenantId) ?? new Set()).add(subjectId));
  }
  return byTenant;
}

function hashOf({ tenantId, subjectId, step, at }: LedgerEntry): string {
  return sha256Hex(JSON.stringify([tenantId, subjectId, step, at]));
}
