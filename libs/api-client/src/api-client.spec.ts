import { describe, expect, it } from 'vitest';
import { ApiClient } from './api-client.js';
import { ApiError } from './api-error.js';
import { ContactsClient } from './contacts-client.js';
import type { HttpFetch, HttpRequest } from './http.js';
import { ListClient } from './list-client.js';

function answering(status: number, body: string, requestId: string | null = null): HttpFetch {
  return async () => ({
    ok: status < 400,
    status,
    headers: { get: (name) => (name === 'x-request-id' ? requestId : null) },
    text: async () => body,
  });
}

async function refusal(fetch: HttpFetch): Promise<ApiError> {
  const error = await new ApiClient({ fetch }).me().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe('ApiClient', () => {
  it('turns problem+json into an ApiError with code, title, request id and details', async () => {
    const body = JSON.stringify({
      code: 'chat.already-taken',
      title: 'Taken',
      requestId: 'r-1',
      details: { limit: 3 },
    });
    const error = await refusal(answering(409, body));
    expect(error).toMatchObject({ status: 409, code: 'chat.already-taken', title: 'Taken', requestId: 'r-1' });
    expect(error.details).toEqual({ limit: 3 });
  });

  it('still gives a code for an HTML page of a proxy, with the request id of the header', async () => {
    const error = await refusal(answering(502, '<h1>Bad gateway</h1>', 'r-2'));
    expect(error).toMatchObject({ status: 502, code: 'client.server', requestId: 'r-2' });
  });

  it('calls a line that is down client.offline', async () => {
    const error = await refusal(async () => {
      throw new TypeError('failed to fetch');
    });
    expect(error).toMatchObject({ status: 0, code: 'client.offline' });
  });

  it('refuses an answer that is not JSON', async () => {
    expect(await refusal(answering(200, 'hello'))).toMatchObject({ code: 'client.unreadable' });
  });

  it('keeps only plain values of details', async () => {
    const body = JSON.stringify({ code: 'a.b', details: { a: 1, nested: { secret: 1 } } });
    expect((await refusal(answering(400, body))).details).toEqual({ a: 1 });
  });

  it('keeps which field breaks which rule, and nothing else of it', async () => {
    const body = JSON.stringify({ code: 'a.b', errors: [{ field: 'fields.mobile', rule: 'mobile' }, { field: 1 }] });
    expect((await refusal(answering(422, body))).faults).toEqual([{ field: 'fields.mobile', rule: 'mobile' }]);
  });

  it('writes paths and queries exactly, ids escaped', async () => {
    const seen: [string, HttpRequest][] = [];
    const fetch: HttpFetch = (url, request) => {
      seen.push([url, request]);
      return answering(200, '{}')(url, request);
    };
    const client = new ApiClient({ fetch });
    await client.conversations('mine', { cursor: 'a b' });
    await client.items('../x', { before: 7, limit: 50 });
    await client.act('c1', 'take');
    expect(seen.map(([url]) => url)).toEqual([
      '/api/v1/chat/conversations?view=mine&cursor=a%20b',
      '/api/v1/chat/conversations/..%2Fx/items?before=7&limit=50',
      '/api/v1/chat/conversations/c1/take',
    ]);
    expect(seen[2]?.[1]).toMatchObject({ method: 'POST', credentials: 'same-origin' });
  });

  it('P-1002 F-0710 asks for people and their conversations in bodies: no address holds what was typed, nor whom it means', async () => {
    const seen: [string, HttpRequest][] = [];
    const fetch: HttpFetch = (url, request) => {
      seen.push([url, request]);
      return answering(200, '{}')(url, request);
    };
    await new ContactsClient({ fetch }).contacts({ q: '13800138000', limit: 100 });
    const wish = { view: 'all', filter: {}, sort: 'newest', people: ['p1', 'p2'] } as const;
    await new ListClient({ fetch }).conversations(wish, { cursor: 'c', limit: 30 });
    expect(seen.map(([url, { method, body }]) => [method, url, JSON.parse(String(body))])).toEqual([
      ['POST', '/api/v1/crm/contacts/searches', { q: '13800138000', limit: 100 }],
      ['POST', '/api/v1/chat/conversations/searches', { subjectIds: ['p1', 'p2'], cursor: 'c', limit: 30 }],
    ]);
  });

  it('takes an empty answer as nothing', async () => {
    expect(await new ApiClient({ fetch: answering(204, '') }).signOut()).toBeUndefined();
  });
});
