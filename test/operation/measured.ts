/** One line of `/metrics`. */
export interface Measured {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What every process of the product can be watched by. */
export const WATCHED = [
  'http_requests_total',
  'nodejs_eventloop_delay_p99_seconds',
  'custodia_sockets',
  'custodia_commit_waiting',
  'custodia_commit_batches_total',
  'custodia_commit_sets_total',
  'custodia_feed_age_seconds',
  'custodia_journal_lag',
  'custodia_jobs_total',
] as const;

/** Words that the program itself chose: every value of a label must be one of them. */
const WORDS: Readonly<Record<string, RegExp>> = {
  method: /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/,
  // A template: words, and parameters by their names.
  route: /^(none|\*|(\/(:?[a-zA-Z.]+(-[a-z]+)*|v1|\*)?)+)$/,
  status: /^[1-5]\d\d$/,
  namespace: /^\/(widget|agent)?$/,
  consumer: /^[a-z]+\.[a-z-]+$/,
  job: /^[a-z-]+$/,
  result: /^(done|failed)$/,
  way: /^(wake-up|journal|gap)$/,
};

/** Reads the text form of Prometheus; throws at a line that is none. */
export function measuredIn(text: string): Measured[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, name, labels = '', value] = /^([a-z0-9_]+)(?:\{(.*)\})? (-?[0-9.e+-]+)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`no measure: ${line}`);
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, word]) => [key!, word!]);
    return { name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) };
  });
}

/** Labels that could tell of a person: whatever is not one of the program's own words. */
export function faultyLabels(measured: readonly Measured[]): string[] {
  const pairs = measured.flatMap(({ labels }) => Object.entries(labels));
  return pairs.filter(([key, value]) => !(WORDS[key]?.test(value) ?? false)).map(([key, value]) => `${key}=${value}`);
}

/** Sum of the values of one measure, of those whose labels are as given. */
export function sumOf(
  measured: readonly Measured[],
  name: string,
  wanted: Readonly<Record<string, string>> = {},
): number {
  return measured
    .filter((one) => one.name === name && Object.entries(wanted).every(([key, value]) => one.labels[key] === value))
    .reduce((sum, { value }) => sum + value, 0);
}
