import { ConsentAsks, ConsentBook, ErasureQueue, PersonalGate, RegisterBook } from '@libs/privacy';

/** Register, consents and the gate of a process. */
export interface PrivacyParts {
  readonly register: RegisterBook;
  readonly consents: ConsentBook;
  readonly asks: ConsentAsks;
  readonly gate: PersonalGate;
  readonly erasures: ErasureQueue;
}

/** Builds the parts in the order in which they need each other. */
export function openPrivacy(): PrivacyParts {
  return {
    register: new RegisterBook(),
    consents: new ConsentBook(),
    asks: new ConsentAsks(),
    gate: new PersonalGate(),
    erasures: new ErasureQueue(),
  };
}
