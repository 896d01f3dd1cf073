import { forUpdate, type Tx, type Work } from '@libs/database';
import { announce } from '@libs/events';
import { newId, randomToken } from '@libs/kernel';
import {
  basicConsents,
  CONVERSATION_SCOPE,
  type ConsentRecord,
  type ConsentScope,
  type ConsentState,
  consentProof,
  type Decided,
  type Decision,
  isDenied,
  type Register,
  stateOf,
  typeOf,
} from '@libs/privacy-core';
import { cancelErasure, openTask, queueErasure } from '../destruction/erasure-tasks.js';
import type { SubjectState } from '../subjects/subject.entity.js';
import { subjectClosed } from '../subjects/subject-step.js';
import type { ConsentCircumstances } from './consent-act.js';
import { RECORD_COLUMNS, recordValues } from './consent-rows.js';
import { readHistory } from './seen.js';

/** A person whose row is locked until the commit. */
export interface LockedPerson {
  readonly subjectId: string;
  readonly state: SubjectState;
  /** Every decision there is, in no order. */
  readonly history: readonly Decided[];
  readonly decided: ConsentState;
}

/** One decision, checked. */
export interface PlannedDecision {
  readonly scope: ConsentScope;
  readonly decision: Decision;
  readonly version: number;
  readonly noticeHash: string;
  readonly noticeVersion: number;
  readonly nonce?: string | undefined;
}

/** What is the same for all decisions of one unit of work. */
export interface DecisionScene {
  readonly circumstances: ConsentCircumstances;
  readonly register: Register;
  readonly key: Buffer;
  readonly now: number;
  readonly graceMs: number;
  /** Those whose decisions this unit of work wrote: to be forgotten once more after the commit. */
  readonly decided: Set<string>;
}

const KINDS: Readonly<Record<Decision, string>> = {
  grant: 'privacy.consent-granted.v1',
  refuse: 'privacy.consent-refused.v1',
  withdraw: 'privacy.consent-withdrawn.v1',
};

/** Locks a person's row: decisions of one person come one after another. Refuses one who is erased or about to be. */
export async function lockPerson(tx: Tx, tenantId: string, subjectId: string): Promise<LockedPerson> {
  const [row] = await tx.all<{ state: SubjectState }>(
    `SELECT state FROM privacy_data_subject WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`,
    [tenantId, subjectId],
  );
  if (!row || row.state === 'erased') throw subjectClosed();
  if (row.state === 'withheld' && (await openTask(tx, tenantId, subjectId))?.state === 'running') throw subjectClosed();
  const history = await readHistory(tx, tenantId, subjectId);
  return { subjectId, state: row.state, history, decided: stateOf(history) };
}

/** Appends the decisions of one person with all that follows from them, in the transaction of `work`. */
export async function recordDecisions(
  work: Work,
  scene: DecisionScene,
  person: LockedPerson,
  planned: readonly PlannedDecision[],
): Promise<readonly ConsentRecord[]> {
  const { tx } = work;
  const { tenantId } = scene.circumstances;
  const records = planned.map((one) => recordFor(scene, person, one));
  const rows = records.map((record) => recordValues({ record, inboxId: null, proof: consentProof(scene.key, record) }));
  await tx.insert('privacy_consent_record', RECORD_COLUMNS, rows);
  for (const record of records) {
    await tx.run(
      'UPDATE privacy_consent_ask SET answered_at = ? WHERE tenant_id = ? AND subject_id = ? AND scope = ? AND answered_at IS NULL',
      [scene.now, tenantId, record.subjectId, record.scope],
    );
    work.record({
      kind: KINDS[record.decision],
      subjectId: record.subjectId,
      resource: `subject:${record.subjectId}`,
      fields: 'scope,decision',
      detail: () => ({ scope: record.scope, version: record.version, recordId: record.id }),
      commitment: null,
    });
  }
  await announce(tx, { kind: 'consent', tenantId, ref: person.subjectId });
  await moveFence(work, scene, person, records);
  return records;
}

function recordFor(
  { circumstances, now }: DecisionScene,
  person: LockedPerson,
  planned: PlannedDecision,
): ConsentRecord {
  const { scope } = planned;
  const { tenantId, locale, screen, channel, method, actor } = circumstances;
  return {
    id: newId(now),
    tenantId,
    subjectId: person.subjectId,
    scope,
    type: typeOf(scope) ?? 'ordinary',
    decision: planned.decision,
    version: planned.version,
    noticeHash: planned.noticeHash,
    noticeVersion: planned.noticeVersion,
    ...{ locale, screen, channel, method, actor },
    // Later than the decision before it, even if a clock was set back in between.
    decidedAt: Math.max(now, (person.decided.get(scope)?.at ?? 0) + 1),
    recordedAt: now,
    nonce: planned.nonce ?? randomToken(24),
  };
}

/** Without the basic consent nobody but the person reads or writes, and the erasure waits; agreeing again opens both. */
async function moveFence(
  work: Work,
  scene: DecisionScene,
  person: LockedPerson,
  records: readonly ConsentRecord[],
): Promise<void> {
  const basic = new Set(basicConsents(scene.register));
  if (!records.some(({ scope }) => basic.has(scope))) return;
  const after = stateOf([...person.decided.values(), ...records.map(decidedOf)]);
  const denied = [...basic].some((scope) => isDenied(after, scope));
  if (denied && person.state === 'live') await withhold(work, scene, person.subjectId);
  // Whatever is called basic today: a yes to something else does not take back a no to the conversation.
  const open = !denied && !isDenied(after, CONVERSATION_SCOPE);
  if (open && person.state === 'withheld') await release(work, scene, person.subjectId);
}

function decidedOf({ scope, decision, version, decidedAt }: ConsentRecord): Decided {
  return { scope, decision, version, at: decidedAt };
}

async function withhold({ tx, record }: Work, scene: DecisionScene, subjectId: string): Promise<void> {
  const { tenantId } = scene.circumstances;
  await setState(tx, tenantId, subjectId, 'withheld');
  const times = { now: scene.now, dueAt: scene.now + scene.graceMs };
  const queued = await queueErasure(tx, { tenantId, subjectId }, times);
  if (queued) record(queued);
}

async function release({ tx, record }: Work, scene: DecisionScene, subjectId: string): Promise<void> {
  const { tenantId } = scene.circumstances;
  await setState(tx, tenantId, subjectId, 'live');
  const cancelled = await cancelErasure(tx, tenantId, subjectId, scene.now);
  if (cancelled) record(cancelled);
}

async function setState(tx: Tx, tenantId: string, subjectId: string, state: SubjectState): Promise<void> {
  await tx.run('UPDATE privacy_data_subject SET state = ? WHERE tenant_id = ? AND id = ?', [
    state,
    tenantId,
    subjectId,
  ]);
}
