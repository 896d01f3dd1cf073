import { CONTACT_FIELDS, type ContactEdit, type ContactField, type ContactSaved } from '@libs/contracts';
import { Committer, type SqlValue, type WriteSet } from '@libs/database';
import { InvalidInputError } from '@libs/http';
import { UserError } from '@libs/kernel';
import { FIELD_CIPHER, type FieldCipher, PersonalGate, SubjectStep } from '@libs/privacy';
import { commitment } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import { contactErrors } from './contact.errors.js';
import { ContactRepository, type ContactRow } from './contact.repository.js';
import { ContactService } from './contact.service.js';
import { ContactEditStep } from './contact-edit-step.js';
import { CONTACT_SPECS, codeOf, contactField } from './contact-fields.js';
import { ContactIndex, isIndexed } from './contact-index.js';
import { type Asker, workingReach } from './contact-reach.js';
import { checkValue } from './contact-values.js';

const PURPOSE = 'customer-relations';

/** New values in the form in which they are kept; null empties a field. */
type NewValues = ReadonlyMap<ContactField, string | null>;
type Refusal = ContactSaved['refused'][number];

/** What an edit needs besides the contact itself. */
@Injectable()
export class ContactWriting {
  constructor(
    @Inject(Committer) readonly committer: Committer,
    @Inject(SubjectStep) readonly subjects: SubjectStep,
    @Inject(FIELD_CIPHER) readonly cipher: FieldCipher,
    readonly edits: ContactEditStep,
    readonly index: ContactIndex,
  ) {}
}

/** Changes values of contacts: each field only with a ground, of two edits of one state only the first. */
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
    if (row.version !== version) throw contactErrors.changed(row.version);
    const refused = await this.save(asker, row, values, saveRest === true);
    return { contact: await this.reads.detailOf(asker, await this.require(asker, id)), refused };
  }

  private async require({ role, memberId }: Asker, id: string): Promise<ContactRow> {
    const row = await this.contacts.find({ reach: workingReach(role), memberId }, { id });
    if (!row) throw contactErrors.notFound();
    return row;
  }

  /** A consent may end between the check and the commit; with `saveRest` the rest is then tried once more. */
  private async save(asker: Asker, row: ContactRow, values: NewValues, saveRest: boolean): Promise<readonly Refusal[]> {
    for (let tries = 0; ; tries++) {
      const refused = await this.refusals(asker, row.subjectId, values);
      const allowed = new Map([...values].filter(([name]) => !refused.some(({ field }) => field === name)));
      if (refused.length > 0 && (!saveRest || allowed.size === 0)) throw contactErrors.noConsent(refused);
      try {
        await this.writing.committer.submit(await this.writeSet(asker, row, allowed));
        return refused;
      } catch (error) {
        if (!isNoConsent(error)) throw error;
        if (tries > 0 || !saveRest) throw contactErrors.noConsent(await this.refusals(asker, row.subjectId, values));
      }
    }
  }

  /** Emptying a field needs no consent: it is what the person would ask for. */
  private async refusals({ tenantId }: Asker, subjectId: string, values: NewValues): Promise<readonly Refusal[]> {
    const codes = filled(values).map(([name]) => codeOf(name));
    const refused = await this.gate.refused(tenantId, PURPOSE, subjectId, codes);
    return refused.map(({ field, reason }) => ({ field: contactField(field)!, reason }));
  }

  private async writeSet(asker: Asker, row: ContactRow, values: NewValues): Promise<WriteSet> {
    const { tenantId, memberId, correlationId } = asker;
    const { id, subjectId, version } = row;
    const { subjects, edits } = this.writing;
    const { columns, sealed } = await this.sealed(tenantId, row, values);
    const fields = filled(values).map(([name]) => codeOf(name));
    return {
      ...{ tenantId, purpose: PURPOSE, correlationId, actor: { kind: 'member', id: memberId } },
      steps: [
        subjects.step({ subjectId }),
        ...(fields.length > 0 ? [this.gate.step({ purpose: PURPOSE, subjectId, fields })] : []),
        edits.step({ id, version, values: columns }),
      ],
      journal: [
        {
          ...{ kind: 'crm.contact-edited.v1', subjectId, resource: `contact:${id}` },
          fields: [...values.keys()].join(','),
          detail: () => ({ version: version + 1 }),
          commitment: commitment(Buffer.concat(sealed)),
        },
      ],
    };
  }

  /** Keys are made here at the earliest, so a refused edit leaves none. */
  private async sealed(tenantId: string, { id, subjectId }: ContactRow, values: NewValues) {
    const { cipher, index } = this.writing;
    const specs = filled(values).map(([name]) => CONTACT_SPECS[name]);
    for (const group of new Set(specs.map((spec) => spec.group))) await cipher.load(tenantId, [subjectId], group);
    const columns: Record<string, SqlValue> = {};
    const sealed: Buffer[] = [];
    for (const [name, value] of values) {
      if (isIndexed(name)) columns[`${name}_index`] = value === null ? null : await index.of(tenantId, name, value);
      const bytes = value === null ? null : cipher.seal(tenantId, subjectId, CONTACT_SPECS[name], id, value, PURPOSE);
      columns[name] = bytes;
      if (bytes) sealed.push(bytes);
    }
    return { columns, sealed };
  }
}

function filled(values: NewValues): [ContactField, string][] {
  return [...values].filter((entry): entry is [ContactField, string] => entry[1] !== null);
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

function isNoConsent(error: unknown): boolean {
  return error instanceof UserError && error.code === 'privacy.consent-required';
}
