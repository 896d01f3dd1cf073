import type { ContactField, RevealedValue, RevealReason } from '@libs/contracts';
import { REVEALED_MS, type ReadReason, readReason } from '@libs/privacy';
import type { Purpose } from '@libs/privacy-core';
import { Injectable } from '@nestjs/common';
import { contactErrors } from './contact.errors.js';
import { ContactRepository, type ContactRow } from './contact.repository.js';
import { cellOf, readerOf } from './contact-faces.js';
import { codeOf } from './contact-fields.js';
import { type Asker, purposeOf, workingReach } from './contact-reach.js';
import { RevealControls } from './reveal-controls.js';

/** One value that a member wants to see in full. */
export interface RevealWish {
  readonly field: ContactField;
  readonly reason?: RevealReason | undefined;
  readonly note?: string | undefined;
  readonly conversationId?: string | undefined;
}

/** Shows one masked value in full: by permission, for a reason, counted, and written down before it is answered. */
@Injectable()
export class ContactRevealing {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly controls: RevealControls,
  ) {}

  async reveal(asker: Asker, id: string, wish: RevealWish): Promise<RevealedValue> {
    const { gate, guard, accounts, clock } = this.controls;
    const { field } = wish;
    const row = await this.contacts.find({ reach: workingReach(asker.role), memberId: asker.memberId }, { id });
    if (!row) throw contactErrors.notFound();
    const tier = await this.controls.assertMay(asker, field);
    const ofOwnWork = await this.isOwnWork(asker, row, wish);
    const reason = reasonOf(wish, ofOwnWork && tier !== 'T3');
    const reader = readerOf(asker, `contact:${id}`, await this.purpose(asker, row, field, ofOwnWork));
    if (!row.sealed[field]) throw contactErrors.empty();
    await guard.take(asker, { values: [{ field: codeOf(field), count: 1 }] });
    const value = (await gate.open(reader, cellOf(row, field))).reveal(reader.purpose);
    await accounts.noteNow({ reader, subjects: [row.subjectId], fields: [codeOf(field)], masked: 0 }, reason);
    return { field, value, until: clock.now() + REVEALED_MS };
  }

  /** The conversation that is named must be with this person and the member's own. */
  private async isOwnWork({ memberId }: Asker, row: ContactRow, { conversationId }: RevealWish): Promise<boolean> {
    if (conversationId === undefined) return false;
    if (await this.contacts.handles(memberId, conversationId, row.subjectId)) return true;
    throw contactErrors.conversationNotFound();
  }

  /** The purpose that has a ground: that of the role, or for the name of somebody one talks to the conversation. */
  private async purpose(asker: Asker, row: ContactRow, field: ContactField, ofOwnWork: boolean): Promise<Purpose> {
    const { gate } = this.controls;
    const purpose = purposeOf(asker.role);
    const refused = await gate.refused(asker.tenantId, purpose, row.subjectId, [codeOf(field)]);
    if (refused.length === 0) return purpose;
    if (ofOwnWork && field === 'name') {
      const other = await gate.refused(asker.tenantId, 'support-conversation', row.subjectId, [codeOf(field)]);
      if (other.length === 0) return 'support-conversation';
    }
    throw contactErrors.noGround(refused.map(({ reason }) => ({ field, reason })));
  }
}

/** Own work is its own reason; everything else names one, and `other` says what it is. */
function reasonOf({ reason, note }: RevealWish, isReason: boolean): ReadReason {
  const code = reason ?? (isReason ? 'conversation' : undefined);
  if (code === undefined) throw contactErrors.reasonMissing();
  const kept = readReason(code, note);
  if (kept === undefined) throw contactErrors.noteMissing();
  return kept;
}
