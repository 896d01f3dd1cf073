import type { Actor, Database, Tx, UnitOfWork, Work } from '@libs/database';
import { AppError, type Clock } from '@libs/kernel';
import type { ConsentRecord, ConsentScope } from '@libs/privacy-core';
import { inTenant } from '../in-tenant.js';
import type { RegisterBook } from '../register/register-book.js';
import type { RegisterVersion } from '../register/register-version.js';
import type { SubjectStep } from '../subjects/subject-step.js';
import { checkCircumstances, checkedScope, checkNonce, checkYes, isMember, mayDecide } from './act-check.js';
import { consentErrors } from './consent.errors.js';
import type { ConsentAct, ConsentCircumstances } from './consent-act.js';
import type { ConsentCache } from './consent-cache.js';
import { recordByNonce } from './consent-rows.js';
import {
  type DecisionScene,
  type LockedPerson,
  lockPerson,
  type PlannedDecision,
  recordDecisions,
} from './decision-work.js';
import type { Notices } from './notices.js';
import { withLinked } from './people.js';
import { isOvertaken } from './seen.js';

/** What decisions are written with. */
export interface WriterParts {
  readonly database: Database;
  readonly work: UnitOfWork;
  readonly clock: Clock;
  /** The tenant's key for seals, see `PROOF_KEY`. */
  readonly keys: { tenantKey(tenantId: string, name: string): Promise<Buffer> };
  readonly settings: { number(tenantId: string, name: 'privacy.erasure-grace-hours'): Promise<number> };
  readonly registers: RegisterBook;
  readonly subjects: SubjectStep;
}

/** Name of the tenant key under which consent records are sealed. */
export const PROOF_KEY = 'consent-proof';

const HOUR_MS = 3_600_000;
const ATTEMPTS = 3;

/** The register changed between the check and the commit: the act is checked again. */
class RegisterMoved extends Error {}

/** The same act was recorded before. */
class Replayed extends Error {
  constructor(readonly record: ConsentRecord) {
    super('replayed');
  }
}

/** Writes decisions: each is checked against the register, sealed and appended under the lock of the person's row. */
export class ConsentWriter {
  constructor(
    private readonly parts: WriterParts,
    private readonly cache: ConsentCache,
    private readonly notices: Notices,
  ) {}

  /** One person, one scope. */
  async decide(act: ConsentAct): Promise<ConsentRecord> {
    checkCircumstances(act);
    const stored = await this.recorded(act);
    if (stored) return stored;
    try {
      return await this.again(act, (version) => this.decideOnce(act, version));
    } catch (error) {
      if (error instanceof Replayed) return error.record;
      if (error instanceof AppError && error.kind === 'user') throw error;
      return this.raced(act, error);
    }
  }

  /** Every scope that was agreed to, of this person and of the subjects linked with it (P-0110). */
  async withdrawAll(circumstances: ConsentCircumstances): Promise<readonly ConsentRecord[]> {
    checkCircumstances(circumstances);
    return this.again(circumstances, async (version) => {
      const scene = await this.scene(circumstances, version);
      return this.inWork(scene, async (work) => {
        const { tenantId, subjectId, actor } = circumstances;
        await this.assertRegister(work.tx, tenantId, version);
        const made: ConsentRecord[] = [];
        for (const id of await withLinked(work.tx, tenantId, [subjectId])) {
          const person = await this.lockLinked(work.tx, tenantId, id, subjectId);
          const planned = person ? withdrawals(person, (scope) => mayDecide(actor, scope)) : [];
          if (person && planned.length > 0) made.push(...(await this.write(work, scene, person, planned)));
        }
        if (made.length === 0) throw consentErrors.notGiven();
        return made;
      });
    });
  }

  private async decideOnce(act: ConsentAct, version: RegisterVersion): Promise<ConsentRecord> {
    const { tenantId, subjectId, actor, decision, nonce } = act;
    const { register } = version;
    const scope = checkedScope(register, act);
    if (!mayDecide(actor, scope)) throw consentErrors.notYours();
    const notice = await this.notices.of(tenantId, register, scope, act.locale);
    const published = act.published ?? (notice && { hash: notice.hash, version: version.version });
    checkYes(register, act, published?.hash);
    const seen = published !== undefined && act.noticeHash === published.hash;
    const scene = await this.scene(act, version);
    return this.inWork(scene, async (work) => {
      const person = await lockPerson(work.tx, tenantId, subjectId);
      if (nonce !== undefined) await refuseReplay(work.tx, act, nonce);
      await this.assertRegister(work.tx, tenantId, version);
      const { after } = act;
      if (after !== undefined && isOvertaken(person.history, { scope, decision }, after))
        throw consentErrors.overtaken();
      const given = person.decided.get(scope)?.decision === 'grant';
      if (decision === 'withdraw' && !given) throw consentErrors.notGiven();
      const planned: PlannedDecision = {
        scope,
        // A no to what was agreed to takes it back.
        decision: decision === 'refuse' && given ? 'withdraw' : decision,
        version: decision === 'grant' ? Number(act.version) : 0,
        // Only a text that was in force was shown; whatever else a caller names is not evidence.
        noticeHash: seen ? published.hash : '',
        noticeVersion: seen ? published.version : 0,
        nonce,
      };
      const [record] = await this.write(work, scene, person, [planned]);
      return record!;
    });
  }

  /** Records, and forgets what this process knew; again after the commit, for whoever read in between. */
  private async write(
    work: Work,
    scene: DecisionScene,
    person: LockedPerson,
    planned: readonly PlannedDecision[],
  ): Promise<readonly ConsentRecord[]> {
    const { tenantId } = scene.circumstances;
    const records = await recordDecisions(work, scene, person, planned);
    scene.decided.add(person.subjectId);
    this.parts.subjects.forget(tenantId, person.subjectId);
    this.cache.drop(tenantId, person.subjectId);
    return records;
  }

  private async inWork<T>(scene: DecisionScene, run: (work: Work) => Promise<T>): Promise<T> {
    const { tenantId, subjectId, actor, correlationId } = scene.circumstances;
    scene.decided.clear();
    const by: Actor = isMember(actor)
      ? { kind: 'member', id: actor.slice('member:'.length) }
      : { kind: 'visitor', id: subjectId };
    const result = await this.parts.work.run({ tenantId, actor: by, purpose: 'subject-request', correlationId }, run);
    for (const id of scene.decided) this.cache.drop(tenantId, id);
    return result;
  }

  private async scene(circumstances: ConsentCircumstances, { register }: RegisterVersion): Promise<DecisionScene> {
    const { tenantId } = circumstances;
    const { keys, settings, clock } = this.parts;
    const graceHours = await settings.number(tenantId, 'privacy.erasure-grace-hours');
    const key = Buffer.from(await keys.tenantKey(tenantId, PROOF_KEY));
    return { circumstances, register, key, now: clock.now(), graceMs: graceHours * HOUR_MS, decided: new Set() };
  }

  /** Erased ones among the linked are passed over; the person who acts is not. */
  private async lockLinked(tx: Tx, tenantId: string, id: string, actingId: string): Promise<LockedPerson | undefined> {
    try {
      return await lockPerson(tx, tenantId, id);
    } catch (error) {
      if (id !== actingId && error instanceof AppError && error.status === 410) return undefined;
      throw error;
    }
  }

  /** What was checked before the transaction still holds in it. */
  private async assertRegister(tx: Tx, tenantId: string, { version }: RegisterVersion): Promise<void> {
    if ((await this.parts.registers.currentVersion(tx, tenantId)) !== version) throw new RegisterMoved();
  }

  private async again<T>(
    { tenantId }: ConsentCircumstances,
    attempt: (version: RegisterVersion) => Promise<T>,
  ): Promise<T> {
    for (let left = ATTEMPTS; ; left--) {
      try {
        return await attempt(await this.parts.registers.load(tenantId));
      } catch (error) {
        if (!(error instanceof RegisterMoved) || left === 1) throw error;
        this.parts.registers.drop(tenantId);
      }
    }
  }

  /** Two acts with one nonce at the same moment: the table takes one, the other is told what it was. */
  private async raced(act: ConsentAct, error: unknown): Promise<ConsentRecord> {
    const stored = await this.recorded(act);
    if (!stored) throw error;
    return stored;
  }

  /** The record of this act, if it came before; whatever the register says by now. */
  private async recorded(act: ConsentAct): Promise<ConsentRecord | undefined> {
    const { tenantId, nonce } = act;
    if (nonce === undefined) return undefined;
    checkNonce(nonce);
    const stored = await inTenant(tenantId, () => recordByNonce(this.parts.database.reader, tenantId, nonce));
    return stored && sameAct(stored, act);
  }
}

function withdrawals(person: LockedPerson, mine: (scope: ConsentScope) => boolean): PlannedDecision[] {
  return [...person.decided.values()]
    .filter(({ decision, scope }) => decision === 'grant' && mine(scope))
    .map(({ scope }) => ({ scope, decision: 'withdraw', version: 0, noticeHash: '', noticeVersion: 0 }));
}

async function refuseReplay(tx: Tx, act: ConsentAct, nonce: string): Promise<void> {
  const stored = await recordByNonce(tx, act.tenantId, nonce);
  if (stored) throw new Replayed(sameAct(stored, act));
}

/** The stored record of the same act; a nonce that was about something else is refused. */
function sameAct(stored: ConsentRecord, { subjectId, scope, decision }: ConsentAct): ConsentRecord {
  const said = stored.decision === decision || (decision === 'refuse' && stored.decision === 'withdraw');
  if (stored.subjectId === subjectId && stored.scope === scope && said) return stored;
  throw consentErrors.nonceReused();
}
