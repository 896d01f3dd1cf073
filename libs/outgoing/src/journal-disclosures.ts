import type { Committer } from '@libs/database';
import type { Disclosures } from './ports.js';

/** The one place where a disclosure is written down: a row of the journal with ids and names of fields, nothing else. */
export class JournalDisclosures implements Disclosures {
  constructor(private readonly committer: Pick<Committer, 'submit'>) {}

  record({
    tenantId,
    subjectId,
    resource,
    correlationId,
    recipient,
    fields,
  }: Parameters<Disclosures['record']>[0]): Promise<void> {
    return this.committer.submit({
      tenantId,
      actor: { kind: 'system', id: 'outgoing' },
      purpose: 'service-account',
      correlationId,
      steps: [],
      journal: [
        {
          kind: 'outgoing.disclosed.v1',
          subjectId,
          resource,
          fields,
          commitment: null,
          detail: () => ({ recipient }),
        },
      ],
    });
  }
}
