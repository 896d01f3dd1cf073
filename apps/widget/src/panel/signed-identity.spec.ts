import { describe, expect, it, vi } from 'vitest';
import { SignedIdentity } from './signed-identity.js';

/** The door of identities, answering in turn, and what was asked of it. */
function door(answers: readonly { readonly status: number; readonly body: object }[]) {
  const asked: { readonly token: string | undefined; readonly statement: unknown }[] = [];
  let next = 0;
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    asked.push({ token: headers.authorization, statement: JSON.parse(`${init.body}`).statement });
    const { status, body } = answers[next++]!;
    return new Response(JSON.stringify(body), { status });
  });
  return asked;
}

function identity(token: { value?: string }) {
  const told: object[] = [];
  let others = 0;
  const signed = new SignedIdentity({
    inbox: 'inbox-key',
    pass: async () => 'plain-pass',
    token: () => token.value,
    told: (result) => told.push(result),
    other: () => {
      others += 1;
    },
  });
  return { signed, told, others: () => others };
}

describe('SignedIdentity', () => {
  it('F-0303 before the first message consent is given with the pass that says who was shown', async () => {
    const token: { value?: string } = {};
    const { signed, told } = identity(token);
    const asked = door([
      { status: 200, body: { linked: false, pass: 'known-pass', expiresAt: Date.now() + 60_000, dropped: [] } },
      { status: 200, body: { linked: true, dropped: ['mobile'] } },
    ]);
    await signed.claim('a.b.c');
    expect(await signed.passForConsent()).toBe('known-pass');
    token.value = 'token';
    await signed.known();
    await signed.known();
    expect(asked).toEqual([
      { token: undefined, statement: 'a.b.c' },
      { token: 'Bearer token', statement: 'a.b.c' },
    ]);
    expect(told).toEqual([{ linked: false }, { linked: true }]);
  });

  it('F-0303 a refused statement gives no pass and tells the page why', async () => {
    const { signed, told, others } = identity({});
    door([{ status: 401, body: { code: 'chat.statement-expired' } }]);
    await signed.claim('a.b.c');
    expect(await signed.passForConsent()).toBe('plain-pass');
    expect(told).toEqual([{ linked: false, code: 'chat.statement-expired' }]);
    expect(others()).toBe(0);
  });

  it('F-0303 somebody else’s conversation is let go of, once there is one', async () => {
    const { signed, others } = identity({ value: 'token' });
    door([{ status: 409, body: { code: 'chat.identity-other' } }]);
    await signed.claim('a.b.c');
    expect(others()).toBe(1);
  });

  it('F-0303 without an answer nothing is linked', async () => {
    const { signed, told } = identity({});
    vi.stubGlobal('fetch', () => Promise.reject(new Error('no network')));
    await signed.claim('a.b.c');
    expect(told).toEqual([{ linked: false, code: 'chat.unavailable' }]);
  });
});
