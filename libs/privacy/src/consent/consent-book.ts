import type { Step } from '@libs/database';
import { UnexpectedError } from '@libs/kernel';
import type { ConsentRecord, PersonConsents } from '@libs/privacy-core';
import type {
  BirthConsent,
  CheckedRecord,
  ConsentAct,
  ConsentCircumstances,
  HistoryFilter,
  Notice,
  ScopeCount,
} from './consent-act.js';

const late = (): never => {
  throw new UnexpectedError('privacy.not-there', 'Comes with the next commit');
};

/** What people said, append-only, and what counts now. */
export class ConsentBook {
  async load(_tenantId: string, _subjectIds: readonly string[]): Promise<void> {
    return late();
  }

  personNow(_tenantId: string, _subjectId: string): PersonConsents | undefined {
    return late();
  }

  async notice(_tenantId: string, _scope: string, _locale: string): Promise<Notice | undefined> {
    return late();
  }

  async decide(_act: ConsentAct): Promise<ConsentRecord> {
    return late();
  }

  async withdrawAll(_act: ConsentCircumstances): Promise<readonly ConsentRecord[]> {
    return late();
  }

  async history(
    _tenantId: string,
    _filter: HistoryFilter,
  ): Promise<{ readonly items: readonly CheckedRecord[]; readonly next: string | null }> {
    return late();
  }

  async find(_tenantId: string, _id: string): Promise<(CheckedRecord & { readonly proof: Buffer }) | undefined> {
    return late();
  }

  async counts(_tenantId: string): Promise<readonly ScopeCount[]> {
    return late();
  }

  async birthStep(_birth: BirthConsent): Promise<Step> {
    return late();
  }
}
