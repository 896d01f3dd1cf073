import type { OvertakenDetails } from '@libs/contracts';
import { OvertakenError, UserError } from '@libs/kernel';
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  Optional,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catchError, from, mergeMap, type Observable, throwError } from 'rxjs';
import { callerOf, type Principal } from './caller.js';

/** Names by member id; who is unknown, or whose person was erased, is absent. */
interface NamesOf {
  nameOf(tenantId: string, memberIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Names of members: their own, and those by which they appear in conversations. */
export interface ColleagueNames extends NamesOf {
  readonly inService: NamesOf;
}

/** Token under which `libs/auth` binds the `ColleagueNames`. */
export const COLLEAGUE_NAMES = Symbol('COLLEAGUE_NAMES');

/** Whoever works with one of these meets the names of colleagues anyway; with the last, service nicknames alone (F-0105). */
const BY_NAME = ['members:manage', 'privacy:read'] as const;
const BY_NICKNAME = 'conversations:read';

/** Tells whoever was overtaken who was quicker: one shape for everything that has versions. */
@Injectable()
export class OvertakenInterceptor implements NestInterceptor {
  constructor(@Optional() @Inject(COLLEAGUE_NAMES) private readonly names: ColleagueNames | null) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (caller?.kind !== 'member') return next.handle();
    return next.handle().pipe(
      catchError((error: unknown) => {
        if (!(error instanceof OvertakenError)) return throwError(() => error);
        // Who it was is a courtesy: where that cannot be read, what happened is said all the same.
        const who = this.whoFor(caller, error.last.by).catch(() => ({}));
        return from(who).pipe(mergeMap((found) => throwError(() => told(error, found))));
      }),
    );
  }

  private async whoFor(caller: Principal & { kind: 'member' }, by: string | null): Promise<Partial<OvertakenDetails>> {
    if (by === null) return {};
    if (by === caller.memberId) return { changedBy: 'you' };
    const names = this.namesFor(caller);
    if (!names) return {};
    const name = (await names.nameOf(caller.tenantId, [by])).get(by);
    return name === undefined ? { changedBy: 'former-member' } : { changedBy: 'member', changedByName: name };
  }

  private namesFor({ permissions }: Principal & { kind: 'member' }): NamesOf | undefined {
    if (BY_NAME.some((one) => permissions.has(one))) return this.names ?? undefined;
    return permissions.has(BY_NICKNAME) ? this.names?.inService : undefined;
  }
}

function told({ code, message, status, details }: OvertakenError, who: Partial<OvertakenDetails>): UserError {
  return new UserError(code, message, { status, details: { ...details, ...who } });
}
