import type { ContactField } from '@libs/contracts';
import { type Actor, Committer, type SqlValue } from '@libs/database';
import { FIELD_CIPHER, type FieldCipher, PersonalGate, SubjectStep } from '@libs/privacy';
import { commitment } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import type { ContactRow } from './contact.repository.js';
import { ContactEditStep } from './contact-edit-step.js';
import { CONTACT_SPECS, codeOf } from './contact-fields.js';
import { ContactIndex, isIndexed } from './contact-index.js';
import type { FieldTokens } from './contact-piece.repository.js';
import { isPieced } from './search-pieces.js';

/** Contact data is written in the name of this function, whoever writes it. */
export const WRITING_PURPOSE = 'customer-relations';

/** New values in the form in which they are kept; null empties a field. */
export type NewValues = ReadonlyMap<ContactField, string | null>;

/** Who writes, for which tenant. */
export interface Writer {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly correlationId: string;
}

/** The contact as the writer saw it. */
export type SeenContact = Pick<ContactRow, 'id' | 'subjectId' | 'version'>;

/** Writes values of contacts: sealed, and only if person, consents and version are as they were when they were looked at. */
@Injectable()
export class ContactWriting {
  constructor(
    @Inject(Committer) private readonly committer: Committer,
    @Inject(SubjectStep) private readonly subjects: SubjectStep,
    @Inject(PersonalGate) private readonly gate: PersonalGate,
    @Inject(FIELD_CIPHER) private readonly cipher: FieldCipher,
    private readonly edits: ContactEditStep,
    private readonly index: ContactIndex,
  ) {}

  /** Resolves after the commit; rejects with the refusal, and then nothing was stored. */
  async write(writer: Writer, contact: SeenContact, values: NewValues): Promise<void> {
    const { id, subjectId, version } = contact;
    const { columns, sealed } = await this.sealed(writer.tenantId, contact, values);
    const pieces = await this.pieces(writer.tenantId, values);
    const fields = filled(values).map(([name]) => codeOf(name));
    await this.committer.submit({
      ...writer,
      purpose: WRITING_PURPOSE,
      steps: [
        this.subjects.step({ subjectId }),
        ...(fields.length > 0 ? [this.gate.step({ purpose: WRITING_PURPOSE, subjectId, fields })] : []),
        this.edits.step({ id, version, values: columns, pieces }),
      ],
      journal: [
        {
          ...{ kind: 'crm.contact-edited.v1', subjectId, resource: `contact:${id}` },
          fields: [...values.keys()].join(','),
          detail: () => ({ version: version + 1 }),
          commitment: commitment(Buffer.concat(sealed)),
        },
      ],
    });
  }

  /** Keys are made here at the earliest, so an edit that was refused before leaves none. */
  private async sealed(tenantId: string, { id, subjectId }: SeenContact, values: NewValues) {
    const specs = filled(values).map(([name]) => CONTACT_SPECS[name]);
    for (const group of new Set(specs.map((spec) => spec.group))) await this.cipher.load(tenantId, [subjectId], group);
    const columns: Record<string, SqlValue> = {};
    const sealed: Buffer[] = [];
    for (const [name, value] of values) {
      if (isIndexed(name))
        columns[`${name}_index`] = value === null ? null : await this.index.of(tenantId, name, value);
      const spec = CONTACT_SPECS[name];
      const bytes = value === null ? null : this.cipher.seal(tenantId, subjectId, spec, id, value, WRITING_PURPOSE);
      columns[name] = bytes;
      if (bytes) sealed.push(bytes);
    }
    return { columns, sealed };
  }

  /** An emptied field has none. */
  private async pieces(tenantId: string, values: NewValues): Promise<readonly FieldTokens[]> {
    const pieces: FieldTokens[] = [];
    for (const [field, value] of values) {
      if (!isPieced(field)) continue;
      pieces.push({ field, tokens: value === null ? [] : await this.index.tokensOf(tenantId, field, value) });
    }
    return pieces;
  }
}

/** The fields that get a value. */
export function filled(values: NewValues): [ContactField, string][] {
  return [...values].filter((entry): entry is [ContactField, string] => entry[1] !== null);
}
