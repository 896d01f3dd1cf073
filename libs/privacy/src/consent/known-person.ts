import {
  type FieldCode,
  type Ground,
  groundFor,
  type PersonConsents,
  type Purpose,
  type Register,
} from '@libs/privacy-core';
import type { Person } from './people.js';

/** A person in memory, with the answers of the rule under one register: a message costs one look-up. */
export class KnownPerson implements Person {
  readonly consents: PersonConsents;
  readonly linkedIds: readonly string[];
  private readonly grounds = new Map<Purpose, Map<FieldCode, Ground>>();
  private register: Register | undefined;

  constructor({ consents, linkedIds }: Person) {
    this.consents = consents;
    this.linkedIds = linkedIds;
  }

  /** The rule's answer. */
  ground(register: Register, purpose: Purpose, field: FieldCode): Ground {
    if (this.register !== register) {
      this.grounds.clear();
      this.register = register;
    }
    let grounds = this.grounds.get(purpose);
    if (!grounds) {
      grounds = new Map();
      this.grounds.set(purpose, grounds);
    }
    let ground = grounds.get(field);
    if (!ground) {
      ground = groundFor(register, purpose, field, this.consents);
      grounds.set(field, ground);
    }
    return ground;
  }
}
