export type RowStatus = 'done' | 'partial' | 'out';

/** What a person says about a row; see docs/requirements-notes.json. */
export interface RowNote {
  readonly status: RowStatus;
  readonly note: string;
}

export interface RequirementsInput {
  /** Row id to short title. */
  readonly rows: Readonly<Record<string, string>>;
  readonly notes: Readonly<Record<string, RowNote>>;
  readonly titles: readonly { readonly path: string; readonly title: string }[];
}

const ROW_ID = /\b[FP]-\d{4}\b/g;
const UNNOTED = 'named by tests; not all of its acceptance shown';

/** Which test files name each row. */
export function testsByRow(titles: RequirementsInput['titles']): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { path, title } of titles) {
    for (const [id] of title.matchAll(ROW_ID)) {
      const paths = found.get(id) ?? [];
      if (!paths.includes(path)) found.set(id, [...paths, path].sort());
    }
  }
  return found;
}

/** What contradicts itself: unknown rows, a row that is done without a test, a status without a sentence. */
export function contradictions({ rows, notes, titles }: RequirementsInput): string[] {
  const tests = testsByRow(titles);
  const unknown = [...tests.keys(), ...Object.keys(notes)].filter((id) => !(id in rows));
  const untested = Object.entries(notes).filter(([id, { status }]) => status === 'done' && !tests.has(id));
  const silent = Object.entries(notes).filter(([, { status, note }]) => status !== 'done' && note.trim().length < 10);
  return [
    ...[...new Set(unknown)].map((id) => `${id} is no row of the requirements`),
    ...untested.map(([id]) => `${id} is said to be done and no test names it`),
    ...silent.map(([id]) => `${id} is partial or out without a sentence`),
  ].sort();
}

/** The table of all rows, with the numbers on top. */
export function renderRequirements(input: RequirementsInput): string {
  const tests = testsByRow(input.titles);
  const table = Object.entries(input.rows).map(([id, title]) => [
    id,
    title,
    ...statusOf(input.notes[id], tests.get(id)),
  ]);
  const count = (status: string): number => table.filter((cells) => cells[2] === status).length;
  return [
    '# Requirements and where they stand',
    '',
    'Generated from the row ids in titles of tests and from requirements-notes.json; do not edit. A row is done when a',
    'test that names it passes in every column where it applies and somebody has stood in for its whole acceptance.',
    '',
    `${table.length} rows: ${['done', 'partial', 'open', 'out'].map((status) => `${count(status)} ${status}`).join(', ')}.`,
    '',
    '| Row | What | Status | Tests or reason |',
    '|---|---|---|---|',
    ...table.map((cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`),
    '',
  ].join('\n');
}

function statusOf(note: RowNote | undefined, tests: readonly string[] | undefined): readonly [string, string] {
  const paths = (tests ?? []).map((path) => `\`${path}\``).join(', ');
  if (note === undefined) return paths === '' ? ['open', ''] : ['partial', `${UNNOTED}: ${paths}`];
  if (note.status === 'done') return paths === '' ? ['open', note.note] : ['done', joined(note.note, paths)];
  return [note.status, joined(note.note, paths)];
}

function joined(note: string, paths: string): string {
  return [note, paths].filter((part) => part !== '').join(': ');
}
