import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Who } from '../register/register-version.js';
import { type DeskWorld, openDeskWorld } from '../testing/desk-world.js';
import { lineOf } from './alarm-line.js';
import type { RevealTake } from './reveal-guard.js';

const HOUR = 3_600_000;
const one: RevealTake = { values: [{ field: 'contact.mobile', count: 1 }] };
const approved = (field: 'chat.message' | 'contact.address' | 'contact.mobile', count: number): RevealTake => ({
  values: [{ field, count }],
  approved: true,
});

describe('alarm lines', () => {
  it('P-1010 content, whereabouts and finance are strictest, sensitive contact data next, then everything else', () => {
    const lines = ['chat.message', 'media.location', 'contact.address', 'contact.mobile', 'contact.name'] as const;
    expect(lines.map(lineOf)).toEqual(['content', 'content', 'transaction', 'other', 'other']);
  });
});

describeColumns('the reveal limit on $column', (column) => {
  let world: DeskWorld;

  const take = (who: Who, what: RevealTake = one) => world.platform.desk.reveals.take(who, what);
  const alarms = async (who: Who) =>
    (await world.journal(`member:${who.memberId}`)).map(({ kind, fields, detail }) => [kind, fields, detail]);

  beforeAll(async () => {
    world = await openDeskWorld(column);
  });
  afterAll(() => world?.close());

  it('P-1004 25 an hour for each member, then 429 with the time to try again, and nothing is stored', async () => {
    const who = world.who();
    const start = world.clock.now();
    for (let n = 0; n < 25; n++) {
      world.clock.advance(1000);
      await take(who);
    }
    await expect(take(who)).rejects.toMatchObject({
      ...{ code: 'privacy.reveal-limit', status: 429 },
      details: { limit: 25, retryAt: start + 1000 + HOUR },
    });
    await take(world.who());
    const count = 'SELECT COUNT(*) AS n FROM privacy_reveal_take WHERE tenant_id = ? AND member_id = ?';
    expect(Number((await world.rows<{ n: number }>(count, [who.memberId]))[0]!.n)).toBe(25);
    world.clock.set(start + 1000 + HOUR);
    await take(who);
    await expect(take(who)).rejects.toMatchObject({ code: 'privacy.reveal-limit' });
  });

  it('P-1004 P-1010 a clock that is set forward and back empties no count and silences no alarm', async () => {
    const who = world.who();
    const start = world.clock.now();
    for (let n = 0; n < 24; n++) await take(who);
    world.clock.set(start + 30 * 24 * HOUR);
    for (let n = 0; n < 3; n++) await take(who);
    await take(who, approved('chat.message', 25));
    world.clock.set(start);
    await expect(take(who)).rejects.toMatchObject({ code: 'privacy.reveal-limit' });
    await take(who, approved('chat.message', 1));
    expect((await alarms(who)).map(([, line]) => line)).toEqual(['content', 'content']);
  });

  it('P-1004 a restart forgets nothing, and two processes count together', async () => {
    const who = world.who();
    const processes = [world.platform.desk.reveals, world.another().reveals];
    const results = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => processes[n % 2]!.take(who, one)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(25);
    await expect(world.another().reveals.take(who, one)).rejects.toMatchObject({ code: 'privacy.reveal-limit' });
  });

  it('P-1004 the tenant says how many', async () => {
    const { platform, tenantId } = world;
    const set = (value: string) =>
      platform.work.upkeep(
        async (tx) => {
          await tx.run("DELETE FROM tenant_setting WHERE tenant_id = ? AND name = 'privacy.reveals-per-hour'", [
            tenantId,
          ]);
          await tx.insert(
            'tenant_setting',
            ['tenant_id', 'name', 'value', 'updated_at'],
            [[tenantId, 'privacy.reveals-per-hour', value, 1]],
          );
        },
        new Set([tenantId]),
      );
    await set('2');
    platform.settings.drop(tenantId);
    const who = world.who();
    await take(who, { values: [{ field: 'contact.mobile', count: 2 }] });
    await expect(take(who)).rejects.toMatchObject({ code: 'privacy.reveal-limit' });
    await set('25');
    platform.settings.drop(tenantId);
    await take(who);
  });

  it('P-1010 the alarm is told once per line, member and day, and what two people agreed to counts for it', async () => {
    const who = world.who();
    await take(who, approved('chat.message', 24));
    await take(who, approved('contact.address', 249));
    await take(who, approved('contact.mobile', 2499));
    expect(await alarms(who)).toEqual([]);
    await take(who, one);
    expect(await alarms(who)).toEqual([['privacy.reveal-alarm.v1', 'other', '{"line":2500,"shown":2500}']]);
    await take(who, approved('chat.message', 1));
    await take(who, approved('contact.address', 1));
    await take(who, approved('chat.message', 100));
    expect((await alarms(who)).map(([, line]) => line)).toEqual(['other', 'content', 'transaction']);
    world.clock.advance(24 * HOUR);
    await take(who, approved('chat.message', 24));
    expect(await alarms(who)).toHaveLength(3);
    await take(who, approved('chat.message', 1));
    expect(await alarms(who)).toHaveLength(4);
  });

  it('P-1010 two processes that see the crossing at once tell it once', async () => {
    const who = world.who();
    const processes = [world.platform.desk.reveals, world.another().reveals];
    await Promise.all(Array.from({ length: 8 }, (_, n) => processes[n % 2]!.take(who, approved('chat.message', 25))));
    expect(await alarms(who)).toHaveLength(1);
  });
});
