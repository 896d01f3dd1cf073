import { UnexpectedError } from '@libs/kernel';
import {
  type FieldCode,
  type Ground,
  groundFor,
  type PersonConsents,
  type Purpose,
  type Register,
} from '@libs/privacy-core';
import type { Person } from './people.js';

/** The register and what some people decided, as they were together at one moment (`ConsentBook.settled`). */
export class SettledConsents {
  constructor(
    readonly register: Register,
    private readonly people: ReadonlyMap<string, Person>,
  ) {}

  /** A person as the rules see them; one who was not asked for is a defect. */
  person(subjectId: string): PersonConsents {
    const person = this.people.get(subjectId);
    if (!person) throw new UnexpectedError('privacy.consents-not-loaded', 'Decisions were not loaded before use');
    return person.consents;
  }

  /** May `field` of the person be processed for `purpose`? */
  ground(purpose: Purpose, field: FieldCode, subjectId: string): Ground {
    return groundFor(this.register, purpose, field, this.person(subjectId));
  }
}
