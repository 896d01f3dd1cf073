import { createServer, type Server } from 'node:net';
import { Body, Controller, Get, Param, Post, Query, type Type } from '@nestjs/common';
import { IsString, ValidateNested } from 'class-validator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../test/servers/index.mjs';
import { Access } from './access.js';
import { startFailure } from './bootstrap.js';
import { listRefs } from './ref-registry.js';
import { assertAllRoutesDeclared, listRoutes } from './routes.js';
import { MARKER, slowRequest } from './testing/toy.controller.js';
import { aToyApp, type ToyApp, toyModule } from './testing/toy-app.js';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function started(options: Parameters<typeof aToyApp>[0]): Promise<ToyApp> {
  const toy = await aToyApp(options);
  open.push(toy.close);
  return toy;
}

const startWith = (...controllers: Type[]) => started({ module: toyModule(...controllers) });

describe('a start is refused', () => {
  it('P-1006 when an endpoint does not say who may call it', async () => {
    @Controller('x')
    class Forgotten {
      @Get('secret')
      secret(): string {
        return MARKER;
      }
    }
    await expect(startWith(Forgotten)).rejects.toThrow('GET /x/secret (Forgotten.secret)');
  });

  it('P-1005 when a path parameter, query or field does not say which resource it names', async () => {
    class Inner {
      @IsString()
      readonly dealId: string;
    }
    class Undeclared {
      @IsString()
      readonly contactId: string;

      @ValidateNested()
      readonly inner: Inner;
    }
    @Controller('x')
    @Access.member()
    class Careless {
      @Get('a/:teamId')
      a(@Param('teamId') teamId: string): string {
        return teamId;
      }

      @Get('b/:ticketId')
      b(): string {
        return '';
      }

      @Get('c')
      c(@Query('id') id: string): string {
        return id;
      }

      @Post('d')
      d(@Body() body: Undeclared): string {
        return body.contactId;
      }

      @Post('e')
      e(@Body() body: object): object {
        return body;
      }
    }
    const start = startWith(Careless);
    await expect(start).rejects.toThrow('GET /x/a/:teamId: param teamId');
    await expect(start).rejects.toThrow('GET /x/b/:ticketId: path parameter ticketId');
    await expect(start).rejects.toThrow('GET /x/c: query id');
    await expect(start).rejects.toThrow('POST /x/d: body contactId');
    await expect(start).rejects.toThrow('body inner is nested without @NestedDto');
    await expect(start).rejects.toThrow('POST /x/e: the whole body is taken without a DTO class');
  });

  it('P-1001 when it would listen to the world without TLS', async () => {
    await expect(started({ env: { HOST: '0.0.0.0' } })).rejects.toThrow('CUSTODIA_TRUSTED_PROXIES');
  });

  it('when the port is taken, with the way out', async () => {
    const PORT = String(await freePort());
    const other: Server = createServer().listen(Number(PORT), '127.0.0.1');
    open.push(() => new Promise((resolve) => other.close(resolve)));
    await new Promise((resolve) => other.once('listening', resolve));
    const start = started({ listen: true, env: { PORT } });
    await expect(start).rejects.toThrow(`Port ${PORT} is in use. Set PORT=`);
    expect(await start.catch(startFailure)).toBe(`Port ${PORT} is in use. Set PORT=… to another one.`);
  });

  it('and of an unknown failure only its place is told', () => {
    expect(startFailure(new Error(MARKER))).not.toContain(MARKER);
    expect(startFailure(Object.assign(new Error(MARKER), { code: 'ECONNREFUSED' }))).toContain('ECONNREFUSED');
  });
});

describe('undeclared endpoints', () => {
  it('P-1006 are refused even if the check at start were gone', async () => {
    @Controller('x')
    class Forgotten {
      @Get('secret')
      secret(): string {
        return MARKER;
      }
    }
    // The way a controller could still slip in: declared at start, forgotten afterwards.
    Access.member()(Forgotten);
    const { app } = await startWith(Forgotten);
    Reflect.deleteMetadata('custodia:access', Forgotten);
    const answer = await app.inject({ url: '/x/secret' });
    expect(answer.json()).toMatchObject({ status: 403, code: 'http.undeclared-access' });
    expect(() => assertAllRoutesDeclared(app)).toThrow('GET /x/secret');
  });
});

describe('the registry', () => {
  it('P-1005 lists every endpoint and every position of an id', async () => {
    const { app } = await started({});
    expect(listRoutes(app).map(({ method, route }) => `${method} ${route}`)).toContain(
      'POST /api/v1/toy/conversations/:conversationId/replies',
    );
    const route = '/api/v1/toy/conversations/:conversationId/replies';
    const refs = listRefs(app).filter((entry) => entry.route === route);
    expect(refs.map(({ where, name, resource }) => `${where} ${name} ${resource}`).sort()).toEqual([
      'body items[].contactId contact',
      'body tagIds[] tag',
      'body teamId team',
      'param conversationId conversation',
    ]);
    expect(listRefs(app)).toContainEqual({
      route: '/api/v1/toy/conversations',
      method: 'GET',
      where: 'query',
      name: 'inboxId',
      resource: 'inbox',
    });
  });
});

describe('profiles and proxies', () => {
  it('serves the OpenAPI document only in the demo', async () => {
    const { app } = await started({ env: { CUSTODIA_PROFILE: 'bench' } });
    expect((await app.inject({ url: '/api/openapi.json' })).statusCode).toBe(404);
  });

  it('believes the address that a listed proxy tells, and sends HSTS where TLS is', async () => {
    const { app } = await started({
      env: { CUSTODIA_TRUSTED_PROXIES: '10.9.9.9', CUSTODIA_PUBLIC_ORIGIN: 'https://support.example' },
    });
    const url = '/api/v1/toy/where';
    const headers = { 'x-forwarded-for': '6.6.6.6, 1.2.3.4' };
    const listed = await app.inject({ url, headers, remoteAddress: '10.9.9.9' });
    expect(listed.json()).toEqual({ ip: '1.2.3.4' });
    expect(listed.headers['strict-transport-security']).toContain('max-age');
    const unlisted = await app.inject({ url, headers, remoteAddress: '10.9.9.8' });
    expect(unlisted.json()).toEqual({ ip: '10.9.9.8' });
  });
});

describe('on the wire', () => {
  it('drains: what is under way is answered, what comes later is refused, then the port is free', async () => {
    const PORT = String(await freePort());
    const { url, close, app } = await started({ listen: true, env: { PORT } });
    const slow = fetch(`${url}/api/v1/toy/slow`);
    await expect.poll(() => slowRequest.hasCome).toBe(true);
    const closing = close();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    expect((await app.inject({ url: '/readyz' })).json().code).toBe('http.shutting-down');
    slowRequest.end();
    expect(await (await slow).json()).toEqual({ done: true });
    await closing;
    await close();
    const again = await started({ listen: true, env: { PORT } });
    expect((await fetch(`${again.url}/healthz`)).status).toBe(200);
  });

  it('drains on SIGTERM and ends with 0', async () => {
    const before = process.listenerCount('SIGTERM');
    const { url } = await started({ listen: true, env: { PORT: String(await freePort()) } });
    const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as unknown as typeof process.exit);
    const slow = fetch(`${url}/api/v1/toy/slow`);
    await expect.poll(() => slowRequest.hasCome).toBe(true);
    process.emit('SIGTERM');
    slowRequest.end();
    expect(await (await slow).json()).toEqual({ done: true });
    await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(0), 20_000);
    exit.mockRestore();
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });

  it('P-1016 answers what is no HTTP with a bare status', async () => {
    const PORT = String(await freePort());
    const { app } = await started({ listen: true, env: { PORT } });
    const { connect } = await import('node:net');
    const answer = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(Number(PORT), '127.0.0.1', () => socket.write(text));
        socket.once('data', (data) => resolve(String(data)));
        socket.once('error', () => resolve('closed'));
      });
    expect(await answer('\u0000\u0001 nonsense\r\n\r\n')).toContain('400 Bad Request');
    expect(await answer(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`)).toContain('431');
    expect(app.getHttpServer().listening).toBe(true);
  });
});
