import { describe, expect, it } from 'vitest';
import { LineTrust } from './line-trust.js';
import { ManualTimers } from './model-server.fixture.js';

function aLine() {
  const timers = new ManualTimers();
  const told: string[] = [];
  const trust = new LineTrust(
    { up: () => told.push('up'), unreachable: (attempts) => told.push(`unreachable ${attempts}`) },
    timers,
  );
  return { trust, timers, told };
}

describe('LineTrust', () => {
  it('F-0301 falls back after the second line that is accepted and cut at once', async () => {
    const { trust, timers, told } = aLine();
    for (let n = 0; n < 2; n++) {
      trust.opened(() => undefined);
      trust.greeted();
      await timers.advance(300);
      trust.closed(false);
      await timers.advance(500);
    }
    expect(told).toEqual(['up', 'up', 'unreachable 3']);
  });

  it('F-0301 falls back as well when the cut comes before the greeting', async () => {
    const { trust, timers, told } = aLine();
    for (let n = 0; n < 2; n++) {
      trust.opened(() => undefined);
      await timers.advance(100);
      trust.closed(false);
    }
    expect(told).toEqual(['unreachable 3']);
  });

  it('F-0301 cuts a line itself and falls back when nothing comes for 5 s', async () => {
    const { trust, timers, told } = aLine();
    let cut = 0;
    trust.opened(() => {
      cut += 1;
      trust.closed(true);
    });
    await timers.advance(4_900);
    expect(told).toEqual([]);
    await timers.advance(200);
    expect([cut, ...told]).toEqual([1, 'unreachable 3']);
  });

  it('F-0310 says up again only when the line has held, so that the way does not change to and fro', async () => {
    const { trust, timers, told } = aLine();
    trust.failed(true);
    trust.opened(() => undefined);
    trust.greeted();
    await timers.advance(4_000);
    trust.closed(false);
    trust.opened(() => undefined);
    trust.greeted();
    await timers.advance(5_100);
    expect(told).toEqual(['unreachable 3', 'unreachable 3', 'up']);
  });

  it('a line that held and a goodbye that was asked for count for nothing', async () => {
    const { trust, timers, told } = aLine();
    for (let n = 0; n < 4; n++) {
      trust.opened(() => undefined);
      trust.greeted();
      await timers.advance(n % 2 === 0 ? 6_000 : 100);
      trust.closed(n % 2 === 1);
    }
    trust.failed(false);
    expect(told).toEqual(['up', 'up', 'up', 'up', 'unreachable 1']);
  });
});
