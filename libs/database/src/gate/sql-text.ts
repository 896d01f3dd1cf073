import { UnexpectedError } from '@libs/kernel';
import type { Dialect } from '../sql.js';

/** A statement made ready for the parser, with what the rewriting has seen. */
export interface ReadableText {
  /** Each `?` has become `:p<index>`, so that a condition can be traced to its parameter. */
  readonly text: string;
  /** How many SELECT words stand in it: the walk over the parsed tree must meet as many. */
  readonly selects: number;
  /** Columns after ON CONFLICT, when rows are updated there. */
  readonly conflict: readonly string[] | undefined;
}

/** Everything that may stand in a statement; what is left over (comments, `"`, `;`, `||`, `:`, `@`, `\`) is refused. */
const TOKEN = /\s+|'(?:[^'\\]|'')*'|`\w+`|\?|[A-Za-z_]\w*|\d+(?:\.\d+)?|--|\/\*|<=>|<=|>=|<>|!=|[(),.=<>+*/%-]|./gsu;
const REFUSED = /^(?:--|\/\*|<=>)$|^[^\s\w'`?(),.=<>+*/%!-]|^[!'`]$/u;
/** Words whose precedence or effect the parser reads otherwise than the databases do. */
const REFUSED_WORDS = new Set(['XOR', 'COLLATE', 'NATURAL', 'RLIKE', 'WITH', 'LATERAL', 'DUAL']);

/** The error for a statement that the gate cannot vouch for. */
export function unreadable(sql: string, why: string, cause?: unknown): UnexpectedError {
  return new UnexpectedError(
    'database.gate-unreadable',
    `The query gate cannot read this statement (${why}). Write it plainer: ${sql.slice(0, 400)}`,
    { cause },
  );
}

/** Numbers the parameters and puts aside what the parser does not know; throws for what nobody should write. */
export function readableText(sql: string, dialect: Dialect): ReadableText {
  const tokens = sql.match(TOKEN) ?? [];
  let params = 0;
  let selects = 0;
  const out = tokens.map((token) => {
    const word = token.toUpperCase();
    if (REFUSED.test(token) || REFUSED_WORDS.has(word)) throw unreadable(sql, `"${token}" is not allowed`);
    if (word === 'SELECT') selects++;
    return token === '?' ? `:p${params++}` : token;
  });
  if (mixesAndWithOr(tokens)) throw unreadable(sql, 'AND and OR side by side need parentheses');
  const text = out.join('');
  if (dialect !== 'sqlite' || !/\bON\s+CONFLICT\b/i.test(text)) return { text, selects, conflict: undefined };
  return { ...withoutConflict(sql, text), selects };
}

/** The parser gives AND and OR the same rank (seen with 5.4.0: `a OR b AND c` became `(a OR b) AND c`). */
function mixesAndWithOr(tokens: readonly string[]): boolean {
  const groups = [{ and: false, or: false }];
  for (const token of tokens) {
    const group = groups[groups.length - 1];
    const word = token.toUpperCase();
    if (token === '(') groups.push({ and: false, or: false });
    else if (token === ')') groups.pop();
    else if (group && word === 'AND') group.and = true;
    else if (group && word === 'OR') group.or = true;
    if (group?.and && group.or) return true;
  }
  return false;
}

const NOTHING = /\bON\s+CONFLICT\s*(?:\([\w\s,]+\)\s*)?DO\s+NOTHING\b/i;
const UPDATE = /\bON\s+CONFLICT\s*\(([\w\s,]+)\)\s*DO\s+UPDATE\s+SET\b/i;

/** The parser knows only MariaDB's way of saying it. */
function withoutConflict(sql: string, text: string): { text: string; conflict: readonly string[] | undefined } {
  const update = UPDATE.exec(text);
  const plain = update ? text.replace(UPDATE, 'ON DUPLICATE KEY UPDATE') : text.replace(NOTHING, '');
  if (/\bON\s+CONFLICT\b/i.test(plain)) throw unreadable(sql, 'this form of ON CONFLICT is not known');
  return { text: plain, conflict: update?.[1]?.split(',').map((name) => name.trim().toLowerCase()) };
}
