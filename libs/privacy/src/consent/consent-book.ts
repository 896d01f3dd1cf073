import type { Step } from '@libs/database';
import { newId, OperationalError } from '@libs/kernel';
import {
  CONVERSATION_SCOPE,
  type ConsentRecord,
  consentProof,
  type Decided,
  type FieldCode,
  type Ground,
  groundFor,
  type Purpose,
  type Register,
  versionOf,
} from '@libs/privacy-core';
import { inTenant } from '../in-tenant.js';
import { BirthConsentStep } from './birth-step.js';
import type {
  BirthConsent,
  ConsentAct,
  ConsentCircumstances,
  DecidedNow,
  HistoryFilter,
  Notice,
  ScopeCount,
} from './consent-act.js';
import { ConsentCache } from './consent-cache.js';
import { ConsentLists, type HistoryPage, type ProvenRecord } from './consent-lists.js';
import type { NewRecord } from './consent-rows.js';
import { ConsentWriter, PROOF_KEY, type WriterParts } from './consent-writer.js';
import { Notices } from './notices.js';
import { newborn, type Person, readPeople, withLinked } from './people.js';
import { type Decisions, decisionsOf, readHistory } from './seen.js';
import { SettledConsents } from './settled-consents.js';

const ATTEMPTS = 8;

/** What people said, append-only, and what counts now. */
export class ConsentBook {
  private readonly cache: ConsentCache;
  private readonly notices: Notices;
  private readonly writer: ConsentWriter;
  private readonly lists: ConsentLists;
  private readonly births = new BirthConsentStep((made) => this.born(made));

  constructor(private readonly parts: WriterParts) {
    const { database, keys } = parts;
    this.cache = new ConsentCache((tenantId, ids) =>
      inTenant(tenantId, () => readPeople(database.reader, tenantId, ids)),
    );
    this.notices = new Notices(database);
    this.writer = new ConsentWriter(parts, this.cache, this.notices);
    this.lists = new ConsentLists(database, (tenantId) => keys.tenantKey(tenantId, PROOF_KEY));
  }

  /** Brings into memory what these people and all linked with them decided, and the register: one read for all. */
  async load(tenantId: string, subjectIds: readonly string[]): Promise<void> {
    await this.parts.registers.load(tenantId);
    await this.cache.load(tenantId, subjectIds);
  }

  /**
   * The register and these people as they are together at one moment, which is over when this process hears of a change:
   * to be used at once. Somebody may decide while it is read; then it is read again, and in the end refused.
   */
  async settled(tenantId: string, subjectIds: readonly string[]): Promise<SettledConsents> {
    const wanted = new Set(subjectIds);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await this.load(tenantId, subjectIds);
      const found = this.settledNow(tenantId, wanted);
      if (found) return found;
    }
    throw new OperationalError('privacy.consents-unstable', 'Decisions change while being read');
  }

  /** May `field` of the person be processed for `purpose`? Undefined when `settled` has to be asked: one look-up. */
  groundNow(tenantId: string, purpose: Purpose, field: FieldCode, subjectId: string): Ground | undefined {
    const version = this.parts.registers.now(tenantId);
    const person = version && this.cache.get(tenantId, subjectId);
    return person && groundFor(version.register, purpose, field, person.consents);
  }

  /** The text in force about `scope`; its version and hash go back with the decision. */
  async notice(tenantId: string, scope: string, locale: string): Promise<Notice | undefined> {
    const { register } = await this.parts.registers.load(tenantId);
    return this.notices.of(tenantId, register, scope, locale);
  }

  /** What the person decided, read now, with the marks that `ConsentAct.after` takes. */
  async decisions(tenantId: string, subjectId: string): Promise<Decisions> {
    const { reader } = this.parts.database;
    return decisionsOf(await inTenant(tenantId, () => readHistory(reader, tenantId, subjectId)));
  }

  /** One person, one scope, one act. Sent again with its nonce it is answered with the record that is there. */
  decide(act: ConsentAct): Promise<ConsentRecord> {
    return this.writer.decide(act);
  }

  /** The ids of these people and of everybody linked with them, ascending: whose data a decision of one of them is about. */
  withLinked(tenantId: string, ...subjectIds: readonly string[]): Promise<readonly string[]> {
    return inTenant(tenantId, () => withLinked(this.parts.database.reader, tenantId, subjectIds));
  }

  /** Takes back everything that was agreed to, of the linked subjects as well (P-0110). */
  withdrawAll(circumstances: ConsentCircumstances): Promise<readonly ConsentRecord[]> {
    return this.writer.withdrawAll(circumstances);
  }

  /** The records, newest first; `intact` where the seal fits. */
  history(tenantId: string, filter: HistoryFilter): Promise<HistoryPage> {
    return this.lists.history(tenantId, filter);
  }

  find(tenantId: string, id: string): Promise<ProvenRecord | undefined> {
    return this.lists.find(tenantId, id);
  }

  /** People by present state of each scope. */
  async counts(tenantId: string): Promise<readonly ScopeCount[]> {
    const { register } = await this.parts.registers.load(tenantId);
    return this.lists.counts(tenantId, register);
  }

  /** What a person said last about each scope, in the order of scopes, and whether it still counts. */
  async decided(tenantId: string, subjectId: string): Promise<readonly DecidedNow[]> {
    const consents = await this.settled(tenantId, [subjectId]);
    return [...consents.person(subjectId).own.values()]
      .map((said) => ({ ...said, superseded: isOld(said, consents.register) }))
      .sort((one, other) => (one.scope < other.scope ? -1 : 1));
  }

  /** The consent of a person who is born in the same write set; refuses a slip that was used before. */
  async birthStep({ tenantId, subjectId, inboxId, slip }: BirthConsent): Promise<Step> {
    const key = await this.parts.keys.tenantKey(tenantId, PROOF_KEY);
    const now = this.parts.clock.now();
    const record: ConsentRecord = {
      id: newId(now),
      tenantId,
      subjectId,
      scope: CONVERSATION_SCOPE,
      type: 'ordinary',
      decision: 'grant',
      version: slip.consentVersion,
      noticeHash: slip.noticeHash,
      noticeVersion: slip.version,
      locale: slip.locale,
      screen: 'widget.notice',
      channel: 'web-widget',
      method: 'button',
      actor: 'visitor',
      decidedAt: slip.agreedAt,
      recordedAt: now,
      nonce: slip.nonce,
    };
    return this.births.step({ record, inboxId, proof: consentProof(key, record) });
  }

  /** For the invalidation feed: a person decided, was asked, was linked or erased. */
  drop(tenantId: string, subjectId: string): void {
    this.cache.drop(tenantId, subjectId);
  }

  /** Forgets all: when the feed is too old. */
  clear(): void {
    this.cache.clear();
  }

  private settledNow(tenantId: string, subjectIds: ReadonlySet<string>): SettledConsents | undefined {
    const version = this.parts.registers.now(tenantId);
    if (!version) return undefined;
    const people = new Map<string, Person>();
    for (const id of subjectIds) {
      const known = this.cache.get(tenantId, id);
      if (!known) return undefined;
      people.set(id, known);
    }
    return new SettledConsents(version.register, people);
  }

  private born({ record }: NewRecord): void {
    const { tenantId, subjectId, scope, decision, version, decidedAt } = record;
    this.cache.put(tenantId, subjectId, newborn({ scope, decision, version, at: decidedAt }));
  }
}

function isOld({ decision, version, scope }: Decided, register: Register): boolean {
  return decision === 'grant' && version < versionOf(register, scope);
}
