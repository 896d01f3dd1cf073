import type { IdentityAccepted } from '@libs/contracts';
import { Committer, type SqlValue } from '@libs/database';
import { CLOCK, type Clock, newId } from '@libs/kernel';
import { FIELD_CIPHER, type FieldCipher, field, PersonalGate, SubjectStep } from '@libs/privacy';
import { commitment, type FieldCode, type Purpose } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import type { Inbox } from '../inboxes/inbox-directory.js';
import type { KnownVisitor } from '../widget-sessions/visitor-session.js';
import { CLAIMED_FIELDS, type ClaimedField, type IdentityClaims } from './identity-claims.js';
import { IdentityIndexes } from './identity-indexes.js';
import { identityStep } from './identity-step.js';

const TABLE = 'chat_identified_visitor';

const SITE_NAME = field(TABLE, 'site_name', 'identity', ['support-conversation', 'subject-request']);

interface Kept {
  readonly spec: ReturnType<typeof field>;
  readonly code: FieldCode;
  readonly purpose: Purpose;
}

/** In whose name each field is kept: a name belongs to talking with somebody, being reached does not. */
const KEPT: Readonly<Record<ClaimedField, Kept>> = {
  name: {
    spec: field(TABLE, 'name', 'identity', ['support-conversation', 'subject-request']),
    ...{ code: 'contact.name', purpose: 'support-conversation' },
  },
  mobile: {
    spec: field(TABLE, 'mobile', 'contact', ['customer-relations', 'subject-request']),
    ...{ code: 'contact.mobile', purpose: 'customer-relations' },
  },
  email: {
    spec: field(TABLE, 'email', 'contact', ['customer-relations', 'subject-request']),
    ...{ code: 'contact.email', purpose: 'customer-relations' },
  },
};

/** Writes whom an embedding site takes a visitor for; everything it does is one write set. */
@Injectable()
export class IdentityService {
  constructor(
    private readonly committer: Committer,
    private readonly subjects: SubjectStep,
    private readonly gate: PersonalGate,
    @Inject(FIELD_CIPHER) private readonly cipher: FieldCipher,
    private readonly indexes: IdentityIndexes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Links the visitor with whoever was named so before, and keeps the fields that something allows. */
  async link(
    inbox: Inbox,
    { subjectId }: KnownVisitor,
    claims: IdentityClaims,
    correlationId: string,
  ): Promise<IdentityAccepted> {
    const { tenantId } = inbox;
    const dropped = await this.dropped(tenantId, subjectId, claims);
    const kept = CLAIMED_FIELDS.filter((name) => claims.fields.has(name) && !dropped.includes(name));
    const id = newId();
    const sealed = await this.sealed(tenantId, subjectId, id, claims, kept);
    const item = {
      ...{ id, linkId: newId(), inboxId: inbox.id, subjectId, sealed, at: this.clock.now() },
      ...{ useIndex: await this.indexes.ofStatement(inbox, claims), expiresAt: claims.expiresAt },
      nameIndex: await this.indexes.ofName(inbox, claims),
    };
    await this.committer.submit({
      ...{ tenantId, actor: { kind: 'visitor', id: subjectId }, purpose: 'support-conversation', correlationId },
      steps: [
        this.subjects.step({ subjectId }),
        ...kept.map((name) => {
          const { purpose, code } = KEPT[name];
          return this.gate.step({ purpose, subjectId, fields: [code] });
        }),
        identityStep.step(item),
      ],
      journal: [
        {
          ...{ kind: 'chat.visitor-identified.v1', subjectId, resource: `subject:${subjectId}` },
          ...{ fields: ['site_name', ...kept].join(','), detail: () => ({ inboxId: inbox.id }) },
          commitment: commitment(Buffer.concat(sealed.filter((one): one is Buffer => Buffer.isBuffer(one)))),
        },
      ],
    });
    return { linked: true, dropped };
  }

  private async dropped(
    tenantId: string,
    subjectId: string,
    { fields }: IdentityClaims,
  ): Promise<readonly ClaimedField[]> {
    const dropped: ClaimedField[] = [];
    for (const name of CLAIMED_FIELDS.filter((one) => fields.has(one))) {
      const { purpose, code } = KEPT[name];
      if ((await this.gate.refused(tenantId, purpose, subjectId, [code])).length > 0) dropped.push(name);
    }
    return dropped;
  }

  private async sealed(
    tenantId: string,
    subjectId: string,
    row: string,
    claims: IdentityClaims,
    kept: readonly ClaimedField[],
  ): Promise<readonly SqlValue[]> {
    const groups = new Set(['identity' as const, ...kept.map((name) => KEPT[name].spec.group)]);
    for (const group of groups) await this.cipher.load(tenantId, [subjectId], group);
    const siteName = this.cipher.seal(tenantId, subjectId, SITE_NAME, row, claims.subject, 'support-conversation');
    const fields = CLAIMED_FIELDS.map((name) => {
      const { spec, purpose } = KEPT[name];
      return kept.includes(name)
        ? this.cipher.seal(tenantId, subjectId, spec, row, claims.fields.get(name)!, purpose)
        : null;
    });
    return [siteName, ...fields];
  }
}
