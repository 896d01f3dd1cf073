import { InvalidationFeed } from '@libs/events';
import { FIELD_CIPHER, type FieldCipher, PersonalGate } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type { ContactRow } from './contact.repository.js';
import { CONTACT_SPECS, codeOf } from './contact-fields.js';
import { type Asker, purposeOf } from './contact-reach.js';
import type { Sought } from './search-pieces.js';

/**
 * Tells of rows that may be meant which ones are. Decided before it is opened: a value that the asker may not look at is
 * never decrypted, so nobody is found by it. What is opened here is compared and forgotten.
 */
@Injectable()
export class ContactMatching {
  constructor(
    @Inject(PersonalGate) private readonly gate: PersonalGate,
    @Inject(FIELD_CIPHER) private readonly cipher: FieldCipher,
    @Inject(InvalidationFeed) private readonly feed: InvalidationFeed,
  ) {}

  /** Those of `rows` whose value has what is sought, in their order. */
  async matching(asker: Asker, rows: readonly ContactRow[], sought: Sought): Promise<readonly ContactRow[]> {
    if (rows.length === 0) return [];
    this.feed.assertFresh();
    const { field } = sought;
    const { tenantId, role } = asker;
    const [purpose, spec, code] = [purposeOf(role), CONTACT_SPECS[field], codeOf(field)];
    const subjects = rows.map(({ subjectId }) => subjectId);
    const decided = await this.gate.decisions({ tenantId, role, purpose }, subjects, [code]);
    const tests = new Map(subjects.map((id) => [id, testOf(decided.get(id)?.get(code)?.face, sought)]));
    const readable = rows.filter(({ subjectId, sealed }) => sealed[field] && tests.get(subjectId));
    const closed = await this.cipher.loadAvailable(
      tenantId,
      readable.map(({ subjectId }) => ({ subjectId, group: spec.group })),
    );
    return readable.filter(({ id, subjectId, sealed }) => {
      if (closed.has(subjectId)) return false;
      return tests.get(subjectId)!(this.cipher.open(tenantId, subjectId, spec, id, sealed[field]!, purpose));
    });
  }
}

/**
 * How a value with this face is compared. A name is what everybody looks for, so a mask does not hide it from those who
 * know part of it. An id behind a mask is found as a whole only: by parts it could be put together, character by
 * character.
 */
function testOf(face: string | undefined, { field, isIn, isWhole }: Sought): ((value: string) => boolean) | undefined {
  if (face === 'plain') return isIn;
  if (face !== 'masked') return undefined;
  return field === 'name' ? isIn : isWhole;
}
