import { AppError } from '@libs/kernel';

/** What is written of an error. No message: it may quote what a person wrote. */
export interface ErrorDescription {
  readonly name: string;
  readonly code?: string;
  readonly frames: readonly string[];
  readonly cause?: ErrorDescription;
  readonly errors?: readonly ErrorDescription[];
}

const MAX_DEPTH = 4;
const MAX_FRAMES = 12;
const NAME = /^(Error|[A-Z][A-Za-z0-9]{0,50}(Error|Exception))$/;
/** Codes of the runtime and of drivers, such as ECONNREFUSED and ER_DUP_ENTRY; of others only ours are believed. */
const FOREIGN_CODE = /^(E[A-Z0-9]{2,30}|[A-Z][A-Z0-9]{0,15}(_[A-Z0-9]{1,20}){1,6})$/;
const FRAME = /^\s+at (?:async )?(?:([\w$.<>#]+(?: [\w$.<>#]+)?(?: \[as [\w$.]+\])?) )?\(?([^()\s]+:\d+:\d+)\)?$/;

/** Name, stable code and places of a thrown value and of what caused it; never a message. */
export function describeError(thrown: unknown, depth = 0): ErrorDescription {
  if (!(thrown instanceof Error))
    return { name: `Thrown${typeof thrown === 'object' ? 'Object' : 'Value'}`, frames: [] };
  const { code, cause } = thrown as { code?: unknown; cause?: unknown };
  const goesDeeper = depth < MAX_DEPTH;
  return {
    name: NAME.test(thrown.name) ? thrown.name : 'Error',
    ...(isBelieved(thrown, code) ? { code } : {}),
    frames: framesOf(thrown),
    ...(goesDeeper && cause !== undefined ? { cause: describeError(cause, depth + 1) } : {}),
    ...(goesDeeper && thrown instanceof AggregateError
      ? { errors: thrown.errors.slice(0, 5).map((inner: unknown) => describeError(inner, depth + 1)) }
      : {}),
  };
}

function isBelieved(error: Error, code: unknown): code is string {
  return typeof code === 'string' && (error instanceof AppError || FOREIGN_CODE.test(code));
}

/** The message is cut out of the stack first: it may hold lines that look like frames. */
function framesOf(error: Error): string[] {
  const { stack } = error;
  if (typeof stack !== 'string') return [];
  const message = String(error.message);
  const at = stack.indexOf(message);
  if (at < 0) return [];
  return frameLines(stack.slice(at + message.length));
}

function frameLines(text: string): string[] {
  const frames: string[] = [];
  for (const line of text.split('\n')) {
    const match = FRAME.exec(line);
    if (match === null) continue;
    const place = match[2]!
      .replace(/^file:\/\//, '')
      .split('/')
      .slice(-4)
      .join('/');
    frames.push(match[1] === undefined ? place : `${match[1]} ${place}`);
    if (frames.length === MAX_FRAMES) break;
  }
  return frames;
}
