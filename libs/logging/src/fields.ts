import { isId } from '@libs/kernel';

type IdField = `${string}Id`;

type NumberField =
  | 'attempt'
  | 'bytes'
  | 'count'
  | 'depth'
  | 'failed'
  | 'generation'
  | 'keys'
  | 'lag'
  | 'limit'
  | 'ms'
  | 'pid'
  | 'port'
  | 'position'
  | 'revision'
  | 'rows'
  | 'seq'
  | 'size'
  | 'status'
  | 'version';

type CodeField =
  | 'code'
  | 'context'
  | 'database'
  | 'dialect'
  | 'job'
  | 'kind'
  | 'level'
  | 'method'
  | 'name'
  | 'outcome'
  | 'packet'
  | 'profile'
  | 'reason'
  | 'resource'
  | 'role'
  | 'service'
  | 'signal'
  | 'state'
  | 'step'
  | 'table';

/**
 * What a log line may carry: ids, numbers, codes, the template of a route, an error. Nothing else has a name here, and a
 * value that does not look like what its name says is dropped. That is how no sentence of a person gets into a log.
 */
export type LogFields = { readonly [K in IdField]?: string | number } & {
  readonly [K in NumberField]?: number;
} & { readonly [K in CodeField]?: string } & {
  /** Route template such as `/api/v1/chat/conversations/:conversationId`, never the path asked for. */
  readonly route?: string;
  /** Any thrown value; name, code and stack frames are written, its message is not. */
  readonly err?: unknown;
};

const NUMBERS: ReadonlySet<string> = new Set<NumberField>([
  'attempt',
  'bytes',
  'count',
  'depth',
  'failed',
  'generation',
  'keys',
  'lag',
  'limit',
  'ms',
  'pid',
  'port',
  'position',
  'revision',
  'rows',
  'seq',
  'size',
  'status',
  'version',
]);

const CODES: ReadonlySet<string> = new Set<CodeField>([
  'code',
  'context',
  'database',
  'dialect',
  'job',
  'kind',
  'level',
  'method',
  'name',
  'outcome',
  'packet',
  'profile',
  'reason',
  'resource',
  'role',
  'service',
  'signal',
  'state',
  'step',
  'table',
]);

const CODE = /^[A-Za-z][A-Za-z0-9]*([._:-][A-Za-z0-9]+)*$/;
const ROUTE = /^\/[A-Za-z0-9_\-/:.*]*$/;

/** True for a stable code: letters and digits, parted by dots, dashes, colons or underscores; at most 64 characters. */
export function isCode(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 64 && CODE.test(value);
}

/** The fields that may be written, as they may be written. `err` is left to the caller. */
export function allowedFields(fields: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (isAllowed(name, value)) kept[name] = value;
  }
  return kept;
}

function isAllowed(name: string, value: unknown): value is string | number {
  if (NUMBERS.has(name)) return typeof value === 'number' && Number.isFinite(value);
  if (CODES.has(name)) return isCode(value);
  if (name === 'route') return typeof value === 'string' && value.length <= 200 && ROUTE.test(value);
  return /^[a-z][A-Za-z]{1,30}Id$/.test(name) && (isId(value) || Number.isSafeInteger(value));
}
