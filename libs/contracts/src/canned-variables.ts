/** What a canned response may leave open; filled in when it is inserted. */
export const CANNED_VARIABLES = [
  'visitor.handle',
  'contact.name',
  'agent.name',
  'inbox.name',
  'workspace.name',
] as const;

/** One of `CANNED_VARIABLES`, as it stands between `{{` and `}}`. */
export type CannedVariable = (typeof CANNED_VARIABLES)[number];

/** What is known of them; without a value a variable stays as it is written. */
export type VariableValues = Readonly<Partial<Record<CannedVariable, string>>>;

/** Where one stands in a text. */
export interface OpenVariable {
  readonly name: CannedVariable;
  readonly start: number;
  readonly end: number;
}

const NAMES: ReadonlySet<string> = new Set(CANNED_VARIABLES);
const PLACES = /\{\{\s{0,8}([A-Za-z][\w.-]{0,40})\s{0,8}\}\}/g;

/** The text with everything that is known; a value is never read as text with variables. */
export function fillVariables(text: string, values: VariableValues): string {
  return text.replace(PLACES, (place, name: string) => (isVariable(name) ? (values[name] ?? place) : place));
}

/** The variables that still stand in a text, in order. */
export function openVariables(text: string): readonly OpenVariable[] {
  if (!text.includes('{{')) return [];
  return [...text.matchAll(PLACES)].flatMap(({ 0: place, 1: name, index }) =>
    isVariable(name!) ? [{ name, start: index, end: index + place.length }] : [],
  );
}

/** Words in the form of a variable that are none, in order, each once. */
export function unknownVariables(text: string): readonly string[] {
  const names = [...text.matchAll(PLACES)].map(([, name]) => name!);
  return [...new Set(names.filter((name) => !isVariable(name)))];
}

function isVariable(name: string): name is CannedVariable {
  return NAMES.has(name);
}
