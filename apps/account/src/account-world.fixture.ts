import { type Auth, AuthModule, createAuth } from '@libs/auth';
import { bootstrapService, type RunningService } from '@libs/http';
import { ManualClock } from '@libs/kernel';
import { authPorts, platformModule } from '@libs/platform';
import { type Column, openTestPlatform, type TestPlatform } from '@libs/testing';
import { AccountModule } from './index.js';

/** A password that every rule lets pass. */
export const PASSWORD = 'plum-Kettle-91-harbour';

class Root {}

/** What is sent, and as whom. */
export interface CallOptions {
  readonly cookie?: string;
  readonly payload?: object;
  readonly address?: string;
  /** The browser as it names itself. */
  readonly agent?: string;
  /** The page that calls; one of ours where nothing is said. */
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The account service on a database of its own. */
export interface AccountWorld {
  readonly stage: TestPlatform;
  readonly app: RunningService['app'];
  readonly auth: Auth;
  readonly clock: ManualClock;
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options?: CallOptions,
  ): ReturnType<RunningService['app']['inject']>;
  close(): Promise<void>;
}

/** Opens it; `env` sets what an operator would. */
export async function openAccountWorld(
  column: Column,
  env: Readonly<Record<string, string>> = {},
): Promise<AccountWorld> {
  const clock = new ManualClock(Date.now());
  const stage = await openTestPlatform({ column, clock, env });
  const { platform } = stage;
  const service = await bootstrapService({
    ...{ name: 'account', config: platform.config, log: platform.log, clock, listen: false },
    module: { module: Root, imports: [platformModule(platform), AuthModule, AccountModule] },
  });
  const { publicOrigin: ours } = platform.config.server;
  return {
    ...{ stage, clock, app: service.app, auth: createAuth(authPorts(platform)) },
    call: (method, path, { cookie, payload, address = '192.0.2.1', agent, origin = ours, headers } = {}) =>
      service.app.inject({
        ...{ method, url: `/api/v1/account${path}`, remoteAddress: address },
        headers: {
          ...{ origin, ...headers },
          ...(agent ? { 'user-agent': agent } : {}),
          ...(cookie ? { cookie } : {}),
        },
        ...(payload ? { payload } : {}),
      }),
    close: async () => {
      await service.close();
      await stage.close();
    },
  };
}

/** The cookie that an answer hands over. */
export function cookieOf(answer: { readonly headers: Record<string, unknown> }): string {
  return String(answer.headers['set-cookie']).split(';')[0]!;
}
