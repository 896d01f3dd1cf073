import type { Database, UnitOfWork } from '@libs/database';
import { announce } from '@libs/events';
import { type Clock, newId } from '@libs/kernel';
import { type ConsentScope, type ConsentState, checkScope, isDenied, isFault, versionOf } from '@libs/privacy-core';
import { inTenant } from '../in-tenant.js';
import type { RegisterBook } from '../register/register-book.js';
import type { Who } from '../register/register-version.js';
import { subjectClosed } from '../subjects/subject-step.js';
import { actRefused, consentErrors } from './consent.errors.js';
import { lockPerson } from './decision-work.js';
import { readPeople } from './people.js';

/** A question that waits for a person's answer. */
export interface OpenAsk {
  readonly id: string;
  readonly scope: string;
  readonly askedAt: number;
}

/** What the questions are kept with. */
export interface AskParts {
  readonly database: Database;
  readonly work: UnitOfWork;
  readonly clock: Clock;
  readonly registers: RegisterBook;
}

const COLUMNS = ['tenant_id', 'id', 'subject_id', 'scope', 'asked_by', 'asked_at', 'answered_at'];

/** Questions of members to people: may this be processed? Whoever said no is not asked again (P-0104). */
export class ConsentAsks {
  constructor(private readonly parts: AskParts) {}

  /** Asks once; the decision about the scope answers it. */
  async ask(who: Who, subjectId: string, scope: string): Promise<{ readonly id: string }> {
    const { tenantId, memberId, correlationId } = who;
    const { register } = await this.parts.registers.load(tenantId);
    const checked = checkScope(register, scope);
    if (isFault(checked)) throw actRefused(checked);
    const now = this.parts.clock.now();
    const id = newId(now);
    const actor = { kind: 'member', id: memberId } as const;
    const work = { tenantId, actor, purpose: 'customer-relations', correlationId };
    await this.parts.work.run(work, async ({ tx, record }) => {
      const { state } = await lockPerson(tx, tenantId, subjectId);
      if (state === 'withheld') throw consentErrors.required();
      if (state !== 'live') throw subjectClosed();
      const { consents } = (await readPeople(tx, tenantId, [subjectId])).get(subjectId)!;
      assertAskable([consents.own, ...consents.linked], checked, versionOf(register, checked));
      const open = await tx.all(
        'SELECT id FROM privacy_consent_ask WHERE tenant_id = ? AND subject_id = ? AND scope = ? AND answered_at IS NULL',
        [tenantId, subjectId, checked],
      );
      if (open.length > 0) throw consentErrors.alreadyAsked();
      await tx.insert('privacy_consent_ask', COLUMNS, [[tenantId, id, subjectId, checked, memberId, now, null]]);
      await announce(tx, { kind: 'consent', tenantId, ref: subjectId });
      record({
        kind: 'privacy.consent-asked.v1',
        subjectId,
        resource: `subject:${subjectId}`,
        fields: 'scope',
        detail: () => ({ scope: checked }),
        commitment: null,
      });
    });
    return { id };
  }

  /** What the person was asked and has not answered, oldest first. */
  async open(tenantId: string, subjectId: string): Promise<readonly OpenAsk[]> {
    const rows = await inTenant(tenantId, () =>
      this.parts.database.reader.all<{ id: string; scope: string; asked_at: number | string }>(
        'SELECT id, scope, asked_at FROM privacy_consent_ask ' +
          'WHERE tenant_id = ? AND subject_id = ? AND answered_at IS NULL ORDER BY asked_at, id',
        [tenantId, subjectId],
      ),
    );
    return rows.map(({ id, scope, asked_at }) => ({ id, scope, askedAt: Number(asked_at) }));
  }
}

/** A no is remembered with the person, wherever it was said; a yes to the present version needs no question. */
function assertAskable([own, ...linked]: readonly ConsentState[], scope: ConsentScope, version: number): void {
  if ([own!, ...linked].some((state) => isDenied(state, scope))) throw consentErrors.refusedBefore();
  const given = own!.get(scope);
  if (given && given.version >= version) throw consentErrors.notNeeded();
}
