/** One number of a measure that has several, told apart by words that the program itself chose: never an id or a name. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Something whoever watches the process can see, in the way of Prometheus: `custodia_<what>[_total|_seconds]`. */
export interface Measure {
  readonly name: string;
  /** A counter only grows since the process started. */
  readonly kind: 'counter' | 'gauge';
  readonly help: string;
  /** Asked when somebody looks; from memory, so that looking costs nothing. */
  read(): number | readonly Sample[];
}

/** The measures of a process: each part adds its own. */
export class Measures {
  private readonly all = new Map<string, Measure>();

  add(...measures: readonly Measure[]): void {
    for (const measure of measures) this.all.set(measure.name, measure);
  }

  /** The text form that Prometheus reads. */
  render(): string {
    return [...this.all.values()].map(renderOne).join('');
  }
}

function renderOne({ name, kind, help, read }: Measure): string {
  const found = read();
  const samples = typeof found === 'number' ? [{ labels: {}, value: found }] : found;
  const lines = samples.map(({ labels, value }) => `${name}${renderLabels(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join('')}`;
}

function renderLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
