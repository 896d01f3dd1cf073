import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Destinations, isPublicAddress, type Resolve } from './destination.js';
import { GuardedHttpClient } from './guarded-client.js';

const servers: Server[] = [];

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const here: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];
const client = (local: readonly string[] = [], resolve: Resolve = here) =>
  new GuardedHttpClient({ destinations: new Destinations(local, resolve) });
const get = (url: string) => ({ method: 'GET', url }) as const;
const refusal = (reason: string, code = 'outgoing.destination-refused') => ({ code, details: { reason } });

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

describe('addresses', () => {
  it.each([
    ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '100.100.100.200', '168.63.129.16', '192.0.2.1', '224.0.0.1'],
    ...['255.255.255.255', '::', '::1', 'fe80::1', 'fd00:ec2::254', 'ff02::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8'],
    ...['64:ff9b::7f00:1', '2001:db8::1', '2002:7f00:1::', 'no-address', ''],
  ])('%s is inside', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  it.each(['8.8.8.8', '223.5.5.5', '172.32.0.1', '2400:3200::1', '2a00:1450:4001::1'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('the guarded client', () => {
  it('P-1010 calls nothing inside, whatever name or notation it hides behind', async () => {
    let calls = 0;
    const port = await serve((_request, response) => {
      calls++;
      response.end('inside');
    });
    const names = ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0', 'looks-public.example'];
    for (const name of names) {
      await expect(client().call(get(`http://${name}:${port}/`))).rejects.toMatchObject(refusal('inside'));
    }
    expect(calls).toBe(0);
  });

  it('P-1010 refuses a name with one address inside among public ones', async () => {
    const both: Resolve = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    await expect(client([], both).call(get('https://two.example/'))).rejects.toMatchObject(refusal('inside'));
  });

  it('connects to the address that was checked: a name that changes its mind is asked once', async () => {
    const port = await serve((request, response) => response.end(String(request.headers.host)));
    let asked = 0;
    const rebinding: Resolve = async () => {
      asked++;
      return [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }];
    };
    const answer = await client([`app.example:${port}`], rebinding).call(get(`http://app.example:${port}/`));
    expect([answer.status, answer.body.toString(), asked]).toEqual([200, `app.example:${port}`, 1]);
  });

  it('checks each redirect anew, follows three, and repeats no write', async () => {
    const inner = await serve((_request, response) => response.end('secret'));
    let hops = 0;
    const port = await serve((request, response) => {
      hops++;
      const to = request.url === '/in' ? `http://127.0.0.1:${inner}/` : `/${hops}`;
      response.writeHead(302, { location: to }).end();
    });
    const listed = client([`127.0.0.1:${port}`]);
    await expect(listed.call(get(`http://127.0.0.1:${port}/in`))).rejects.toMatchObject(refusal('inside'));
    hops = 0;
    await expect(listed.call(get(`http://127.0.0.1:${port}/`))).rejects.toMatchObject(
      refusal('too-many-redirects', 'outgoing.call-failed'),
    );
    expect(hops).toBe(4);
    await expect(listed.call({ method: 'POST', url: `http://127.0.0.1:${port}/`, body: 'x' })).rejects.toMatchObject(
      refusal('redirected', 'outgoing.call-failed'),
    );
  });

  it('tells no other house what was meant for the first', async () => {
    const other = await serve((_request, response) => response.end());
    const port = await serve((_request, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${other}/` }).end(),
    );
    const listed = client([`127.0.0.1:${port}`, `127.0.0.1:${other}`]);
    const call = { ...get(`http://127.0.0.1:${port}/`), headers: { authorization: 'Bearer x' } };
    await expect(listed.call(call)).rejects.toMatchObject(refusal('other-origin'));
  });

  it.each([
    ['file:///etc/passwd', 'scheme'],
    ['gopher://example.com/', 'scheme'],
    ['https://login:password@example.com/', 'login-in-url'],
    ['not a url', 'no-url'],
  ])('refuses %s', async (url, reason) => {
    await expect(client().call(get(url))).rejects.toMatchObject(refusal(reason));
  });

  it('ends a call that is too slow or answers too much', async () => {
    const slow = await serve(() => undefined);
    const long = await serve((_request, response) => response.end('x'.repeat(5000)));
    const listed = client([`127.0.0.1:${slow}`, `127.0.0.1:${long}`]);
    const failed = (reason: string) => refusal(reason, 'outgoing.call-failed');
    await expect(listed.call({ ...get(`http://127.0.0.1:${slow}/`), timeoutMs: 50 })).rejects.toMatchObject(
      failed('too-slow'),
    );
    await expect(listed.call({ ...get(`http://127.0.0.1:${long}/`), answerBytes: 1000 })).rejects.toMatchObject(
      failed('answer-too-long'),
    );
    const never: Resolve = () => new Promise(() => undefined);
    await expect(client([], never).call({ ...get('https://a.example/'), timeoutMs: 50 })).rejects.toMatchObject(
      failed('too-slow'),
    );
  });
});
