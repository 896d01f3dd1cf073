import type { Config } from '@libs/config';
import { CLOCK, type Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { BodyCheckInterceptor } from './body-check.interceptor.js';
import { CallerContextInterceptor } from './caller-context.interceptor.js';
import { HealthController } from './health.controller.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { InputValidationPipe } from './input-validation.pipe.js';
import { Measures } from './measures.js';
import { OvertakenInterceptor } from './overtaken.interceptor.js';
import { ProblemFilter } from './problem.filter.js';
import { RefInterceptor } from './ref.interceptor.js';
import { CONFIG, LOG } from './tokens.js';
import { Traffic } from './traffic.js';

interface HttpParts {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly traffic: Traffic;
}

@Module({})
class HttpModule {}

/** Every rule of the HTTP door, for all controllers; offers settings, log and clock to everybody. */
export function httpModule({ config, log, clock, traffic }: HttpParts): DynamicModule {
  const measures = new Measures();
  measures.add(...traffic.measures);
  return {
    module: HttpModule,
    global: true,
    controllers: [HealthController],
    providers: [
      { provide: CONFIG, useValue: config },
      { provide: LOG, useValue: log },
      { provide: CLOCK, useValue: clock },
      { provide: Traffic, useValue: traffic },
      { provide: Measures, useValue: measures },
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_INTERCEPTOR, useClass: CallerContextInterceptor },
      { provide: APP_INTERCEPTOR, useClass: RefInterceptor },
      { provide: APP_INTERCEPTOR, useClass: BodyCheckInterceptor },
      { provide: APP_INTERCEPTOR, useClass: OvertakenInterceptor },
      { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      { provide: APP_PIPE, useClass: InputValidationPipe },
      { provide: APP_FILTER, useValue: new ProblemFilter(log) },
    ],
    exports: [CONFIG, LOG, CLOCK, Measures],
  };
}
