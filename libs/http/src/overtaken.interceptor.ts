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

/** Names of members; who is unknown, or whose person was erased, is absent. */
export interface ColleagueNames {
  nameOf(tenantId: string, memberIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Token under which `libs/auth` binds the `ColleagueNames`. */
export const COLLEAGUE_NAMES = Symbol('COLLEAGUE_NAMES');

/** Whoever works with one of these meets the names of colleagues anyway. */
const MEETS_COLLEAGUES = ['conversations:read', 'privacy:read'] as const;

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
        return from(this.whoFor(caller, error.last.by)).pipe(mergeMap((who) => throwError(() => told(error, who))));
      }),
    );
  }

  private async whoFor(caller: Principal & { kind: 'member' }, by: string | null): Promise<Partial<OvertakenDetails>> {
    if (by === null) return {};
    if (by === caller.memberId) return { changedBy: 'you' };
    if (this.names === null || !MEETS_COLLEAGUES.some((one) => caller.permissions.has(one))) return {};
    const name = (await this.names.nameOf(caller.tenantId, [by])).get(by);
    return name === undefined ? { changedBy: 'former-member' } : { changedBy: 'member', changedByName: name };
  }
}

function told({ code, message, status, details }: OvertakenError, who: Partial<OvertakenDetails>): UserError {
  return new UserError(code, message, { status, details: { ...details, ...who } });
}
