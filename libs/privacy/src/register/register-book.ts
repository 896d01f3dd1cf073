import type { Tx } from '@libs/database';
import { UnexpectedError } from '@libs/kernel';
import type { Register } from '@libs/privacy-core';
import type { RegisterChangeAct, RegisterEffect, RegisterVersion, Who } from './register-version.js';

/** Uses an approval inside the unit of work of the act; refuses one that does not fit. */
export interface ChangeApprovals {
  use(
    tx: Tx,
    who: Who,
    approvalId: string,
    act: { readonly kind: 'loosen-fields'; readonly contentHash: string },
  ): Promise<unknown>;
}

const late = (): never => {
  throw new UnexpectedError('privacy.not-there', 'Comes with the next commit');
};

/** The processing register of each tenant, in versions that are kept for ever. */
export class RegisterBook {
  async load(_tenantId: string): Promise<RegisterVersion> {
    return late();
  }

  now(_tenantId: string): RegisterVersion | undefined {
    return late();
  }

  async at(_tenantId: string, _version: number): Promise<RegisterVersion | undefined> {
    return late();
  }

  async versions(_tenantId: string): Promise<readonly Omit<RegisterVersion, 'register'>[]> {
    return late();
  }

  async change(_who: Who, _change: RegisterChangeAct): Promise<RegisterVersion> {
    return late();
  }

  async impact(_tenantId: string, _next: Register): Promise<RegisterEffect> {
    return late();
  }
}
