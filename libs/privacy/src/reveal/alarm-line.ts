import { type FieldCode, fieldDefinition } from '@libs/privacy-core';

/** Kinds of records by how few of them are too many. */
export type AlarmLine = 'content' | 'transaction' | 'other';

/** The lines, strictest first. */
export const ALARM_LINES: readonly AlarmLine[] = ['content', 'transaction', 'other'];

/** Records within 24 hours that raise an alarm: half of what criminal law calls serious, for who serves customers. */
export const ALARM_AT: Readonly<Record<AlarmLine, number>> = { content: 25, transaction: 250, other: 2500 };

/** The line a field counts for: content, whereabouts and finance; sensitive contact data and transactions; the rest. */
export function lineOf(field: FieldCode): AlarmLine {
  const definition = fieldDefinition(field);
  if (!definition) return 'content';
  const { kind, tier } = definition;
  if (kind === 'finance.transaction') return 'transaction';
  if (/^(content|location|finance)\./.test(kind)) return 'content';
  return tier === 'T3' ? 'transaction' : 'other';
}
