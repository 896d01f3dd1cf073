import type { Measure } from '@libs/http';
import { purposeWatch } from '@libs/privacy';
import type { Platform } from './platform.js';

/** What an operator watches of the machinery. Every label is a word of the program. */
export function platformMeasures({ committer, feed, consumers, upkeep, erasures }: Platform): readonly Measure[] {
  return [
    {
      ...{ name: 'custodia_reads_without_purpose_total', kind: 'counter', help: 'Refused reads; should stay 0.' },
      read: () => purposeWatch.readsWithoutPurpose,
    },
    {
      ...{ name: 'custodia_commit_waiting', kind: 'gauge', help: 'Write sets that wait for the committer.' },
      read: () => committer.load.waiting,
    },
    {
      ...{ name: 'custodia_commit_batches_total', kind: 'counter', help: 'Transactions of the committer.' },
      read: () => committer.load.batches,
    },
    {
      ...{ name: 'custodia_commit_sets_total', kind: 'counter', help: 'Write sets that were committed.' },
      read: () => committer.load.sets,
    },
    {
      ...{ name: 'custodia_feed_age_seconds', kind: 'gauge', help: 'Above 5 no personal data are read.' },
      read: () => feed.ageMs / 1000,
    },
    {
      ...{ name: 'custodia_journal_lag', kind: 'gauge', help: 'Journal rows that a consumer had before it.' },
      read: () => consumers.progress.map(({ name, lag }) => ({ labels: { consumer: name }, value: lag })),
    },
    {
      ...{ name: 'custodia_consumer_failures_total', kind: 'counter', help: 'Looks at the journal that failed.' },
      read: () => consumers.progress.map(({ name, failures }) => ({ labels: { consumer: name }, value: failures })),
    },
    {
      ...{ name: 'custodia_jobs_total', kind: 'counter', help: 'Rounds of upkeep and of erasures.' },
      read: () => [...jobs('upkeep', upkeep.counts), ...jobs('erasures', erasures.counts)],
    },
  ];
}

function jobs(job: string, counts: { readonly done: number; readonly failed: number }) {
  return (['done', 'failed'] as const).map((result) => ({ labels: { job, result }, value: counts[result] }));
}
