import {
  chunks,
  type Database,
  forUpdate,
  placeholders,
  type SqlReader,
  type Tx,
  type UnitOfWork,
} from '@libs/database';
import { announce } from '@libs/events';
import type { Clock } from '@libs/kernel';
import type { ConsentBook } from '../consent/consent-book.js';
import { withLinked } from '../consent/people.js';
import { inTenant } from '../in-tenant.js';
import type { Who } from '../register/register-version.js';
import { linkErrors } from './link.errors.js';

/** What says that two subjects are one person, as long as nobody took it apart. */
export interface LiveLink {
  readonly id: string;
  readonly subjectId: string;
  readonly otherId: string;
  readonly reason: string;
  readonly at: number;
}

/** What the links are kept with. */
export interface LinkParts {
  readonly database: Database;
  readonly work: UnitOfWork;
  readonly clock: Clock;
  readonly consents: Pick<ConsentBook, 'drop'>;
}

interface LinkRow {
  readonly id: string;
  readonly subject_id: string;
  readonly other_id: string;
  readonly reason: string;
  readonly at: number | string;
  readonly undone_at: number | string | null;
}

const COLUMNS = 'id, subject_id, other_id, reason, at, undone_at';

/** The links between people, and the way to take a wrong one apart: no id and no decision is rewritten by either. */
export class LinkBook {
  constructor(private readonly parts: LinkParts) {}

  /** Everything that links this person with others, directly or not, oldest first. */
  of(tenantId: string, subjectId: string): Promise<readonly LiveLink[]> {
    const { reader } = this.parts.database;
    return inTenant(tenantId, async () => readLive(reader, tenantId, await withLinked(reader, tenantId, [subjectId])));
  }

  /**
   * From the commit on each of the two is read alone again, here at once and elsewhere as soon as the feed is read. What
   * either decided stays theirs, a withdrawal that was written for both while they were linked as well. The row is kept:
   * it is why the same statement does not link them again.
   */
  async undo({ tenantId, memberId, correlationId }: Who, linkId: string, reason: string): Promise<void> {
    const actor = { kind: 'member', id: memberId } as const;
    const scope = { tenantId, actor, purpose: 'legal-duty', correlationId } as const;
    const ends = await this.parts.work.run(scope, async ({ tx, record }) => {
      const { subject_id: subjectId, other_id: otherId } = await lockEnds(tx, tenantId, linkId);
      const undone = await tx.run(
        'UPDATE privacy_subject_link SET undone_at = ? WHERE tenant_id = ? AND id = ? AND undone_at IS NULL',
        [this.parts.clock.now(), tenantId, linkId],
      );
      if (undone === 0) throw linkErrors.undone();
      for (const ref of [subjectId, otherId]) await announce(tx, { kind: 'consent', tenantId, ref });
      record({
        ...{ kind: 'privacy.link-undone.v1', subjectId, resource: `subject-link:${linkId}`, fields: 'undone_at' },
        detail: () => ({ otherId, reason }),
        commitment: null,
      });
      return [subjectId, otherId];
    });
    for (const subjectId of ends) this.parts.consents.drop(tenantId, subjectId);
  }
}

/** The link with the rows of both people locked, ascending as everywhere: who decides under their locks comes before or after. */
async function lockEnds(tx: Tx, tenantId: string, linkId: string): Promise<LinkRow> {
  const [link] = await tx.all<LinkRow>(`SELECT ${COLUMNS} FROM privacy_subject_link WHERE tenant_id = ? AND id = ?`, [
    ...[tenantId, linkId],
  ]);
  if (!link) throw linkErrors.notFound();
  for (const subjectId of [link.subject_id, link.other_id].sort()) {
    await tx.all(`SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`, [
      ...[tenantId, subjectId],
    ]);
  }
  return link;
}

/** Live links among these people, who are a closed set: each link has both ends among them. */
async function readLive(reader: SqlReader, tenantId: string, ids: readonly string[]): Promise<readonly LiveLink[]> {
  const links: LiveLink[] = [];
  for (const some of chunks(ids)) {
    const rows = await reader.all<LinkRow>(
      `SELECT ${COLUMNS} FROM privacy_subject_link WHERE tenant_id = ? AND undone_at IS NULL ` +
        `AND subject_id IN (${placeholders(some.length)})`,
      [tenantId, ...some],
    );
    for (const { id, subject_id: subjectId, other_id: otherId, reason, at } of rows) {
      links.push({ id, subjectId, otherId, reason, at: Number(at) });
    }
  }
  return links.sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
}
