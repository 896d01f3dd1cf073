import { forUpdate, type Placed, type SqlValue, StepKind, type Tx } from '@libs/database';
import { announce } from '@libs/events';
import type { AppError } from '@libs/kernel';
import { identityErrors } from './identity.errors.js';

/** A statement about a visitor, ready to be written. */
export interface IdentityItem {
  readonly id: string;
  readonly linkId: string;
  readonly inboxId: string;
  readonly subjectId: string;
  readonly useIndex: string;
  readonly expiresAt: number;
  readonly nameIndex: string;
  /** `site_name`, `name`, `mobile`, `email`, sealed. */
  readonly sealed: readonly SqlValue[];
  readonly at: number;
}

interface Found {
  readonly used: boolean;
  /** What this visitor was taken for before. */
  readonly own: { readonly name_index: string; readonly link_id: string | null; readonly id: string } | undefined;
}

interface IdentityBatch {
  readonly found: Map<IdentityItem, Found>;
  readonly taken: Set<string>;
  readonly writes: Placed<IdentityItem>[];
}

/** Uses a statement up, keeps whom it names, and links the visitor with whoever was named so before. */
class IdentityStep extends StepKind<IdentityItem, IdentityBatch> {
  readonly name = 'identity';
  readonly order = 16;

  async load(tx: Tx, items: readonly Placed<IdentityItem>[]): Promise<IdentityBatch> {
    const found = new Map<IdentityItem, Found>();
    for (const { item, set } of items) found.set(item, await look(tx, set.tenantId, item));
    return { found, taken: new Set(), writes: [] };
  }

  decide({ found, taken }: IdentityBatch, { item, set }: Placed<IdentityItem>): AppError | undefined {
    const { used, own } = found.get(item)!;
    if (used || taken.has(keyOf({ item, set }))) return identityErrors.replayed();
    return own && own.name_index !== item.nameIndex ? identityErrors.other() : undefined;
  }

  apply({ taken, writes }: IdentityBatch, placed: Placed<IdentityItem>): void {
    taken.add(keyOf(placed));
    writes.push(placed);
  }

  async write(tx: Tx, { found, writes }: IdentityBatch): Promise<void> {
    for (const { item, set } of writes) await writeOne(tx, set.tenantId, item, found.get(item)!);
  }
}

function keyOf({ item, set }: Placed<IdentityItem>): string {
  return `${set.tenantId} ${item.useIndex}`;
}

async function look(tx: Tx, tenantId: string, item: IdentityItem): Promise<Found> {
  const lock = forUpdate(tx);
  const used = await tx.all(`SELECT use_index FROM chat_identity_use WHERE tenant_id = ? AND use_index = ?${lock}`, [
    ...[tenantId, item.useIndex],
  ]);
  const [own] = await tx.all<NonNullable<Found['own']>>(
    `SELECT id, name_index, link_id FROM chat_identified_visitor WHERE tenant_id = ? AND inbox_id = ? AND subject_id = ?${lock}`,
    [tenantId, item.inboxId, item.subjectId],
  );
  return { used: used.length > 0, own };
}

/** Who was named so first: read while writing, so that of two in one batch the second finds the first. */
async function firstNamed(tx: Tx, tenantId: string, { nameIndex }: IdentityItem): Promise<string | undefined> {
  const [first] = await tx.all<{ subject_id: string }>(
    'SELECT subject_id FROM chat_identified_visitor WHERE tenant_id = ? AND name_index = ? ORDER BY at, id LIMIT 1',
    [tenantId, nameIndex],
  );
  return first?.subject_id;
}

/**
 * Whether these two were ever linked, by either of them: of two named at the same moment the one that has the earlier time
 * need not be the one that was written first, and the link is kept with the other then.
 */
async function wereLinked(tx: Tx, tenantId: string, one: string, other: string): Promise<boolean> {
  const found = await tx.all(
    `SELECT id FROM privacy_subject_link WHERE tenant_id = ? AND subject_id = ? AND other_id = ?
     UNION ALL SELECT id FROM privacy_subject_link WHERE tenant_id = ? AND subject_id = ? AND other_id = ? LIMIT 1`,
    [...[tenantId, one, other], ...[tenantId, other, one]],
  );
  return found.length > 0;
}

async function writeOne(tx: Tx, tenantId: string, item: IdentityItem, { own }: Found): Promise<void> {
  const { at, inboxId, subjectId } = item;
  await tx.run('DELETE FROM chat_identity_use WHERE tenant_id = ? AND expires_at < ?', [tenantId, at]);
  await tx.insert(
    'chat_identity_use',
    ['tenant_id', 'use_index', 'inbox_id', 'expires_at'],
    [[tenantId, item.useIndex, inboxId, item.expiresAt]],
  );
  const first = await firstNamed(tx, tenantId, item);
  // A link that was undone stays undone: its id is kept.
  const mayLink = first !== undefined && first !== subjectId && (own?.link_id ?? null) === null;
  const links = mayLink && !(await wereLinked(tx, tenantId, subjectId, first));
  const linkId = links ? item.linkId : null;
  if (links) await link(tx, tenantId, item, first);
  if (!own) {
    await tx.insert(
      'chat_identified_visitor',
      [
        ...['tenant_id', 'id', 'inbox_id', 'subject_id', 'name_index'],
        ...['site_name', 'name', 'mobile', 'email', 'link_id', 'at'],
      ],
      [[tenantId, item.id, inboxId, subjectId, item.nameIndex, ...item.sealed, linkId, at]],
    );
  } else if (links) {
    await tx.run('UPDATE chat_identified_visitor SET link_id = ? WHERE tenant_id = ? AND id = ?', [
      ...[linkId, tenantId, own.id],
    ]);
  }
}

async function link(tx: Tx, tenantId: string, item: IdentityItem, first: string): Promise<void> {
  const { at, linkId, inboxId, subjectId } = item;
  await tx.insert(
    'privacy_subject_link',
    ['tenant_id', 'id', 'subject_id', 'other_id', 'reason', 'actor', 'at', 'undone_at'],
    [[tenantId, linkId, subjectId, first, 'signed-identity', `inbox:${inboxId}`, at, null]],
  );
  // Both are read anew: what one of them decided counts for the other.
  for (const ref of [subjectId, first]) await announce(tx, { kind: 'consent', tenantId, ref });
}

/** The kind of step; it has no state of its own. */
export const identityStep = new IdentityStep();
