import { OperationalError, OvertakenError } from '@libs/kernel';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { firstValueFrom, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { setCaller } from './caller.js';
import { type ColleagueNames, OvertakenInterceptor } from './overtaken.interceptor.js';

const FACTS = { last: { at: 5, by: 'member 1' }, details: { version: 3 } };

/** What a supervisor is told whose save came second. */
async function answered(nameOf: ColleagueNames['nameOf']): Promise<unknown> {
  const request = {} as FastifyRequest;
  setCaller(request, {
    ...{ kind: 'member', tenantId: 'tenant', memberId: 'member 2', sessionId: 'session', role: 'owner' },
    permissions: new Set(['members:manage']),
  });
  const context = { getType: () => 'http', switchToHttp: () => ({ getRequest: () => request }) };
  const refused = new OvertakenError('crm.contact-changed', 'Changed meanwhile', FACTS.last, FACTS.details);
  const interceptor = new OvertakenInterceptor({ nameOf, inService: { nameOf } });
  const answer = interceptor.intercept(context as unknown as ExecutionContext, {
    handle: () => throwError(() => refused),
  });
  return firstValueFrom(answer).catch((error: unknown) => error);
}

describe('a save that came second', () => {
  it('says who was quicker', async () => {
    expect(await answered(async () => new Map([['member 1', '林晓雯']]))).toMatchObject({
      ...{ code: 'crm.contact-changed', status: 409 },
      details: { version: 3, changedAt: 5, changedBy: 'member', changedByName: '林晓雯' },
    });
  });

  it('is told of all the same where the name cannot be read', async () => {
    const failing = () => Promise.reject(new OperationalError('database.unavailable', 'Away'));
    expect(await answered(failing)).toMatchObject({
      ...{ code: 'crm.contact-changed', status: 409 },
      details: { version: 3, changedAt: 5 },
    });
  });
});
