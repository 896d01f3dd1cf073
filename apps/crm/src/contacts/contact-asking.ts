import { CONTACT_FIELDS, type ContactDetail, type ContactField } from '@libs/contracts';
import { ConsentAsks, PersonalGate } from '@libs/privacy';
import type { FieldCode, Ground } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import { contactErrors } from './contact.errors.js';
import { ContactRepository } from './contact.repository.js';
import { codeOf, eachField } from './contact-fields.js';
import { type Asker, workingReach } from './contact-reach.js';

/** Contact data is asked for in the name of this function, whoever asks. */
const PURPOSE = 'customer-relations';

type AskState = ContactDetail['asking'][ContactField];

/** Asks people for consent to a field: once, and never again after a no. */
@Injectable()
export class ContactAsking {
  constructor(
    private readonly contacts: ContactRepository,
    @Inject(PersonalGate) private readonly gate: PersonalGate,
    @Inject(ConsentAsks) private readonly asks: ConsentAsks,
  ) {}

  /** Asks the person, in the widget, for the one consent that this field lacks. */
  async ask(asker: Asker, id: string, field: ContactField): Promise<{ readonly id: string }> {
    const scope = { reach: workingReach(asker.role), memberId: asker.memberId };
    const row = await this.contacts.find(scope, { id });
    if (!row) throw contactErrors.notFound();
    const ground = (await this.groundsOf(asker, row.subjectId)).get(codeOf(field))!;
    if (ground.allowed || ground.scope === null) throw contactErrors.consentNotNeeded();
    if (noOf(ground)) throw contactErrors.refusedBefore();
    const { tenantId, memberId, correlationId } = asker;
    return this.asks.ask({ tenantId, memberId, correlationId }, row.subjectId, ground.scope);
  }

  /** For each field, whether the asker may still ask about it. */
  async states(asker: Asker, subjectId: string): Promise<ContactDetail['asking']> {
    const open = new Set((await this.asks.open(asker.tenantId, subjectId)).map(({ scope }) => scope));
    const grounds = await this.groundsOf(asker, subjectId);
    return eachField((field) => stateOf(asker, grounds.get(codeOf(field))!, open));
  }

  private groundsOf({ tenantId }: Asker, subjectId: string): Promise<ReadonlyMap<FieldCode, Ground>> {
    return this.gate.grounds(tenantId, PURPOSE, subjectId, CONTACT_FIELDS.map(codeOf));
  }
}

function stateOf({ permissions }: Asker, ground: Ground, open: ReadonlySet<string>): AskState {
  if (ground.allowed || ground.scope === null) return 'not-needed';
  const no = noOf(ground);
  if (no) return no;
  if (open.has(ground.scope)) return 'asked';
  return permissions.has('contacts:edit') ? 'possible' : 'not-needed';
}

/** A withdrawal is a no like a refusal, only the person may come back to it; but nobody has declined anything by it. */
function noOf(ground: Ground): 'refused' | 'withdrawn' | undefined {
  if (ground.allowed) return undefined;
  return ground.reason === 'refused' || ground.reason === 'withdrawn' ? ground.reason : undefined;
}
