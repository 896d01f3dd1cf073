import { CONTACT_FIELDS, type ContactEdit, type ContactField, type ContactSaved } from '@libs/contracts';
import { InvalidInputError } from '@libs/http';
import { UserError } from '@libs/kernel';
import { PersonalGate } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { contactErrors } from './contact.errors.js';
import { ContactRepository, type ContactRow } from './contact.repository.js';
import { ContactService } from './contact.service.js';
import { codeOf, contactField } from './contact-fields.js';
import { type Asker, workingReach } from './contact-reach.js';
import { checkValue } from './contact-values.js';
import { ContactWriting, filled, type NewValues, WRITING_PURPOSE } from './contact-writing.js';

type Refusal = ContactSaved['refused'][number];

/** Edits of members: each field only with a ground, of two edits of one state only the first. */
@Injectable()
export class ContactEditing {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly reads: ContactService,
    private readonly writing: ContactWriting,
    @Inject(PersonalGate) private readonly gate: PersonalGate,
  ) {}

  async edit(asker: Asker, id: string, { version, fields, saveRest }: ContactEdit): Promise<ContactSaved> {
    const row = await this.require(asker, id);
    const values = checkedValues(fields);
    await this.assertSeen(asker, row, values);
    if (row.version !== version) {
      throw contactErrors.changed({ by: row.changedBy, at: row.updatedAt }, row.version);
    }
    const refused = await this.save(asker, row, values, saveRest === true);
    return { contact: await this.reads.detailOf(asker, await this.require(asker, id)), refused };
  }

  /** Nobody writes what the role does not see: neither over it nor to find out whether it is there. */
  private async assertSeen({ tenantId, role }: Asker, { subjectId }: ContactRow, values: NewValues): Promise<void> {
    await this.gate.load(tenantId, [subjectId]);
    const hidden = [...values.keys()].filter((name) => this.gate.visibility(tenantId, codeOf(name), role) === 'none');
    if (hidden.length > 0) throw contactErrors.hiddenFields(hidden);
  }

  private async require({ role, memberId }: Asker, id: string): Promise<ContactRow> {
    const row = await this.contacts.find({ reach: workingReach(role), memberId }, { id });
    if (!row) throw contactErrors.notFound();
    return row;
  }

  /** A consent may end between the check and the commit; with `saveRest` the rest is then tried once more. */
  private async save(asker: Asker, row: ContactRow, values: NewValues, saveRest: boolean): Promise<readonly Refusal[]> {
    const { tenantId, memberId, correlationId } = asker;
    const writer = { tenantId, correlationId, actor: { kind: 'member', id: memberId } as const };
    for (let tries = 0; ; tries++) {
      const refused = await this.refusals(asker, row.subjectId, values);
      const allowed = new Map([...values].filter(([name]) => !refused.some(({ field }) => field === name)));
      if (refused.length > 0 && (!saveRest || allowed.size === 0)) throw contactErrors.noGround(refused);
      try {
        await this.writing.write(writer, row, allowed);
        return refused;
      } catch (error) {
        if (!isNoGround(error)) throw error;
        if (tries > 0 || !saveRest) throw contactErrors.noGround(await this.refusals(asker, row.subjectId, values));
      }
    }
  }

  /** Emptying a field needs no consent: it is what the person would ask for. */
  private async refusals({ tenantId }: Asker, subjectId: string, values: NewValues): Promise<readonly Refusal[]> {
    const codes = filled(values).map(([name]) => codeOf(name));
    const refused = await this.gate.refused(tenantId, WRITING_PURPOSE, subjectId, codes);
    return refused.map(({ field, reason }) => ({ field: contactField(field)!, reason }));
  }
}

/** All fields in the form in which they are kept; names every wrong one. */
function checkedValues(fields: ContactEdit['fields']): NewValues {
  const values = new Map<ContactField, string | null>();
  const faults: { field: string; rule: string }[] = [];
  let wrong: ContactField | undefined;
  for (const name of CONTACT_FIELDS) {
    const text = fields[name];
    if (text === undefined) continue;
    const checked = text === null ? { value: null } : checkValue(name, text);
    if ('rule' in checked) {
      wrong ??= name;
      faults.push({ field: `fields.${name}`, rule: checked.rule });
    } else values.set(name, checked.value);
  }
  if (wrong) throw new InvalidInputError(faults, `crm.${wrong}-invalid`);
  if (values.size === 0) throw new InvalidInputError([{ field: 'fields', rule: 'isNotEmptyObject' }]);
  return values;
}

function isNoGround(error: unknown): boolean {
  return error instanceof UserError && ['privacy.consent-required', 'privacy.function-off'].includes(error.code);
}
