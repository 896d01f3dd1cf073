/** Facts a refusal carries for the reader: limits, times, names of fields. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** A part of the sent body that breaks a rule, or that may not be processed: then the rule is the reason. */
export interface Fault {
  readonly field: string;
  readonly rule: string;
}

/** What a refused or failed call says (RFC 9457), in one shape for every caller. */
export interface Problem {
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number;
  /** `<service>.<kebab-reason>`; `client.offline` when no answer came, `client.unreadable` when it made no sense. */
  readonly code: string;
  readonly title: string;
  readonly requestId?: string | undefined;
  readonly details?: ErrorDetails | undefined;
  readonly faults?: readonly Fault[] | undefined;
}

/** Thrown by every method of the client when the server refuses, fails or cannot be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId: string | undefined;
  readonly details: ErrorDetails;
  readonly faults: readonly Fault[];

  constructor(problem: Problem) {
    super(`${problem.code} (${problem.status})`);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.requestId = problem.requestId;
    this.details = problem.details ?? {};
    this.faults = problem.faults ?? [];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plainDetails(value: unknown): ErrorDetails | undefined {
  if (!isRecord(value)) return undefined;
  const kept = Object.entries(value).filter(([, entry]) => ['string', 'number', 'boolean'].includes(typeof entry));
  return Object.fromEntries(kept) as ErrorDetails;
}

function faultsIn(value: unknown): readonly Fault[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown): Fault[] => {
    if (!isRecord(entry)) return [];
    const { field, rule = entry.reason } = entry;
    return typeof field === 'string' && typeof rule === 'string' ? [{ field, rule }] : [];
  });
}

/** Reads problem+json; a proxy's HTML page or an empty body still becomes an `ApiError` with a code. */
export function toApiError(status: number, body: unknown, headerRequestId: string | null): ApiError {
  const problem = isRecord(body) ? body : {};
  const code = typeof problem.code === 'string' ? problem.code : status >= 500 ? 'client.server' : 'client.unreadable';
  const title = typeof problem.title === 'string' ? problem.title : '';
  const fromBody = typeof problem.requestId === 'string' ? problem.requestId : undefined;
  return new ApiError({
    status,
    code,
    title,
    requestId: fromBody ?? headerRequestId ?? undefined,
    details: plainDetails(problem.details),
    faults: faultsIn(problem.errors),
  });
}
