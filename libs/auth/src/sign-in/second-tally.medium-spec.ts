import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stepAt, totpOf } from '../second-factor/totp.js';
import { type AuthWorld, openAuthWorld } from '../testing/auth-world.js';

const PASSWORD = 'plum-Kettle-91-harbour';
const EMAIL = 'ada@shop-a.example';

describeColumns('guessing second steps on $column', (column) => {
  let world: AuthWorld;
  let secret: Buffer;
  let network = 0;

  const refusal = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);
  /** Each time from another network, as whoever guesses would. */
  const step = async (code: string) => {
    const place = { address: `198.51.${++network}.1`, correlationId: 'test' };
    const begun = await world.auth.signIn.signIn({ ...place, identifier: EMAIL, password: PASSWORD });
    if (begun.kind !== 'verify') throw new Error('expected a step');
    return world.auth.signIn.verify({ ...place, ticket: begun.ticket, method: 'totp', code });
  };
  const right = () => totpOf(secret, stepAt(world.clock.now()));

  beforeAll(async () => {
    world = await openAuthWorld(column);
    const { accounts, factors } = world.auth;
    const { loginId } = await accounts.createLogin({ email: EMAIL, password: PASSWORD });
    await accounts.createMember({ tenantId: world.tenants.a, loginId, role: 'agent', displayName: 'Ada' });
    const login = (await accounts.findLogin(EMAIL))!;
    const change = { login, actor: { kind: 'system', id: 'test' }, correlationId: 'test' } as const;
    secret = bytesOf((await factors.offer(change)).secret);
    await factors.confirm(change, right());
  });
  afterAll(() => world?.close());

  it('P-1012 a right step forgives; ten failures make all networks wait, longer each time; twenty freeze the login', async () => {
    for (let n = 0; n < 9; n++) expect(await refusal(step('000000'))).toMatchObject({ code: 'account.code-wrong' });
    world.clock.advance(60_000);
    expect(await step(right())).toMatchObject({ kind: 'signed-in' });
    for (let n = 0; n < 10; n++) expect(await refusal(step('000000'))).toMatchObject({ code: 'account.code-wrong' });
    let waits: number[] = [];
    for (let n = 10; n < 20; n++) {
      const locked = (await refusal(step(right()))) as { code: string; details: { retryAfterMs: number } };
      expect(locked.code).toBe('account.locked');
      waits = [...waits, locked.details.retryAfterMs];
      world.clock.advance(locked.details.retryAfterMs);
      expect(await refusal(step('000000'))).toMatchObject({ code: 'account.code-wrong' });
    }
    expect([waits[0], waits[1], waits.at(-1)]).toEqual([15 * 60_000, 30 * 60_000, 24 * 3_600_000]);
    world.clock.advance(24 * 3_600_000);
    expect(await refusal(step(right()))).toMatchObject({ code: 'account.frozen' });
  });
});

/** What an app reads from the letters of RFC 4648. */
function bytesOf(base32: string): Buffer {
  const bits = [...base32].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2)),
  );
}
