/**
 * user: the caller did something that cannot be done (4xx, shown). operational: try again later (503).
 * unexpected: a defect (500, alert).
 */
export type ErrorKind = 'user' | 'operational' | 'unexpected';

/** What an error carries besides its code and sentence. */
export interface ErrorOptions {
  /** HTTP status; sockets send only `code`. */
  readonly status?: number;
  /** Machine-readable facts for the client (limits, retry time). Never personal data. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  readonly cause?: unknown;
}

/** Base of every error with a stable code `<service>.<kebab-reason>`. */
export class AppError extends Error {
  readonly status: number;
  readonly details: Readonly<Record<string, string | number | boolean>> | undefined;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.status = options.status ?? { user: 400, operational: 503, unexpected: 500 }[kind];
    this.details = options.details;
  }
}

/** The caller can mend it: 4xx with a stable code and a sentence that may be shown. */
export class UserError extends AppError {
  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super('user', code, message, options);
  }
}

/** Who wrote something last, and when; null where it was written before that was kept. */
export interface LastChange {
  /** Id of the member. */
  readonly by: string | null;
  readonly at: number | null;
}

/** Somebody saved a newer version meanwhile: 409. The door adds who that was, in words that the caller may read. */
export class OvertakenError extends UserError {
  constructor(
    code: string,
    message: string,
    readonly last: LastChange,
    details: NonNullable<ErrorOptions['details']> = {},
  ) {
    super(code, message, { status: 409, details: { ...details, ...(last.at === null ? {} : { changedAt: last.at }) } });
  }
}

/** The surroundings fail for now (database away, disk full): 503, the client may try again. */
export class OperationalError extends AppError {
  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super('operational', code, message, options);
  }
}

/** A defect of ours: 500. */
export class UnexpectedError extends AppError {
  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super('unexpected', code, message, options);
  }
}

/** Makes the compiler find the forgotten case of a closed union. */
export function assertUnreachable(value: never): never {
  throw new UnexpectedError('kernel.unreachable', `Unhandled case: ${JSON.stringify(value)}`);
}
