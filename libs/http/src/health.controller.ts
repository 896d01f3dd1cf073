import type { Config } from '@libs/config';
import { OperationalError, UserError, within } from '@libs/kernel';
import { Controller, Get, Header, Inject, Optional, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Access } from './access.js';
import { ApiExcludeController } from './api-shapes.js';
import { Measures } from './measures.js';
import { mayReadMetrics } from './metrics-access.js';
import { CONFIG } from './tokens.js';

/** Something the process needs before it can serve: throws or rejects while it is absent. */
export interface ReadinessCheck {
  readonly name: string;
  check(): Promise<void>;
}

/** Token under which the composition root binds its readiness checks. */
export const READINESS_CHECKS = Symbol('READINESS_CHECKS');

const CHECK_MS = 2_000;

/** What an orchestrator asks: alive, ready, how busy. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    @Inject(Measures) private readonly measures: Measures,
    @Inject(CONFIG) private readonly config: Config,
    @Optional() @Inject(READINESS_CHECKS) private readonly checks: readonly ReadinessCheck[] | null,
  ) {}

  @Get('healthz')
  @Access.public('says only that the process answers')
  healthz(): { readonly status: string } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Access.public('says only which parts are ready')
  async readyz(): Promise<{ readonly status: string }> {
    const results = await Promise.all((this.checks ?? []).map(failedName));
    const failed = results.filter((name) => name !== null);
    if (failed.length === 0) return { status: 'ready' };
    throw new OperationalError('http.not-ready', 'Not ready yet.', { details: { failed: failed.join(',') } });
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Access.public('counters of the process, answered only to callers on this machine or with the operator’s token')
  metrics(@Req() request: FastifyRequest): string {
    if (!mayReadMetrics(request, this.config.server.metricsToken?.reveal())) {
      throw new UserError('http.not-found', 'There is nothing here.', { status: 404 });
    }
    return this.measures.render();
  }
}

async function failedName(readiness: ReadinessCheck): Promise<string | null> {
  const well = readiness.check().then(
    () => true,
    () => false,
  );
  return (await within(CHECK_MS, well, () => false)) ? null : readiness.name;
}
