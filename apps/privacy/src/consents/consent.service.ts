import { type ConsentCounts, type ConsentEntry, type ConsentPage, personHandle } from '@libs/contracts';
import type { MemberPrincipal } from '@libs/http';
import { UserError } from '@libs/kernel';
import { type CheckedRecord, ConsentBook, RegisterBook } from '@libs/privacy';
import { type ConsentEvidence, consentEvidence, type Register } from '@libs/privacy-core';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { PersonRepository } from '../people/person.repository.js';
import type { ConsentQuery } from './consent.dto.js';
import { EvidenceAccount } from './evidence-account.js';

/** Records of one page while the evidence of a person is gathered. */
const PAGE = 200;

/** Answers the register as it was at a time. */
type RegisterAt = (at: number) => Promise<Register>;

/** What people said, for the desk: searchable, and as evidence (P-0102). */
@Injectable()
export class ConsentService {
  constructor(
    @Inject(ConsentBook) private readonly book: ConsentBook,
    @Inject(RegisterBook) private readonly registers: RegisterBook,
    @Inject(PersonRepository) private readonly people: PersonRepository,
    @Inject(EvidenceAccount) private readonly account: EvidenceAccount,
  ) {}

  async list(query: ConsentQuery): Promise<ConsentPage> {
    if (query.subjectId !== undefined) await this.people.assertKnown(query.subjectId);
    const { items, next } = await this.book.history(currentTenant().tenantId, query);
    return { items: items.map(entryOf), next };
  }

  async counts(): Promise<ConsentCounts> {
    return { items: await this.book.counts(currentTenant().tenantId) };
  }

  async evidence(caller: MemberPrincipal, id: string): Promise<ConsentEvidence> {
    const found = await this.evidenceOf(id, await this.registerAt());
    if (!found) throw new UserError('privacy.consent-not-found', 'There is no such record.', { status: 404 });
    await this.account.keep(caller, { subjectId: found.pii_principal_id, resource: `consent:${id}`, count: 1 });
    return found;
  }

  /** All records of one person, newest first. */
  async evidenceOfPerson(
    caller: MemberPrincipal,
    subjectId: string,
  ): Promise<{ readonly items: readonly ConsentEvidence[] }> {
    await this.people.assertKnown(subjectId);
    const items = await this.gathered(subjectId);
    await this.account.keep(caller, { subjectId, resource: `subject:${subjectId}`, count: items.length });
    return { items };
  }

  private async gathered(subjectId: string): Promise<readonly ConsentEvidence[]> {
    const { tenantId } = currentTenant();
    const registerAt = await this.registerAt();
    const items: ConsentEvidence[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await this.book.history(tenantId, { subjectId, cursor, limit: PAGE });
      for (const { id } of page.items) {
        const found = await this.evidenceOf(id, registerAt);
        if (found) items.push(found);
      }
      if (page.next === null) return items;
      cursor = page.next;
    }
  }

  private async evidenceOf(id: string, registerAt: RegisterAt): Promise<ConsentEvidence | undefined> {
    const found = await this.book.find(currentTenant().tenantId, id);
    if (!found) return undefined;
    const { proof, intact, ...record } = found;
    return consentEvidence(record, await registerAt(record.decidedAt), { value: proof.toString('hex'), intact });
  }

  /** The register in force when somebody decided; a decision older than all versions saw the product's own. */
  private async registerAt(): Promise<RegisterAt> {
    const { tenantId } = currentTenant();
    const versions = [...(await this.registers.versions(tenantId))].sort((one, other) => other.version - one.version);
    return async (at) => {
      const version = versions.find(({ changedAt }) => changedAt <= at)?.version ?? 1;
      return ((await this.registers.at(tenantId, version)) ?? (await this.registers.load(tenantId))).register;
    };
  }
}

function entryOf(record: CheckedRecord): ConsentEntry {
  const { id, subjectId, scope, type, decision, version, noticeVersion, noticeHash, locale, screen } = record;
  const { channel, method, actor, decidedAt, intact } = record;
  return {
    ...{ id, subjectId, scope, type, decision, version, noticeVersion, noticeHash, locale, screen },
    ...{ channel, method, actor, decidedAt, intact },
    handle: personHandle(subjectId),
  };
}
