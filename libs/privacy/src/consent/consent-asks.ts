import { UnexpectedError } from '@libs/kernel';
import type { Who } from '../register/register-version.js';

/** A question that waits for a person's answer. */
export interface OpenAsk {
  readonly id: string;
  readonly scope: string;
  readonly askedAt: number;
}

const late = (): never => {
  throw new UnexpectedError('privacy.not-there', 'Comes with the next commit');
};

/** Questions of members to people: may this be processed? */
export class ConsentAsks {
  async ask(_who: Who, _subjectId: string, _scope: string): Promise<{ readonly id: string }> {
    return late();
  }

  async open(_tenantId: string, _subjectId: string): Promise<readonly OpenAsk[]> {
    return late();
  }
}
