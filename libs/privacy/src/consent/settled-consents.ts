import { UnexpectedError } from '@libs/kernel';
import type { FieldCode, Ground, PersonConsents, Purpose, Register } from '@libs/privacy-core';
import type { KnownPerson } from './known-person.js';

/** The register and what some people decided, as they were together at one moment (`ConsentBook.settled`). */
export class SettledConsents {
  constructor(
    readonly register: Register,
    private readonly people: ReadonlyMap<string, KnownPerson>,
  ) {}

  /** A person as the rules see them; one who was not asked for is a defect. */
  person(subjectId: string): PersonConsents {
    return this.known(subjectId).consents;
  }

  /** May `field` of the person be processed for `purpose`? */
  ground(purpose: Purpose, field: FieldCode, subjectId: string): Ground {
    return this.known(subjectId).ground(this.register, purpose, field);
  }

  private known(subjectId: string): KnownPerson {
    const known = this.people.get(subjectId);
    if (!known) throw new UnexpectedError('privacy.consents-not-loaded', 'Decisions were not loaded before use');
    return known;
  }
}
