import { ManualClock, newId } from '@libs/kernel';
import { createLogger, logLines } from '@libs/logging';
import { beforeEach, describe, expect, it } from 'vitest';
import { LogPurgeJob } from './log-purge.job.js';

const [A, B] = [newId(), newId()];
const HOUR_MS = 3_600_000;

describe('job that purges the network log', () => {
  let asked: string[];
  let purged: string[];
  let failing: string | undefined;
  let lines: string[];
  let clock: ManualClock;
  let job: LogPurgeJob;

  beforeEach(() => {
    [asked, purged, failing] = [[], [], undefined];
    const { destination, lines: written } = logLines();
    lines = written;
    clock = new ManualClock(Date.UTC(2026, 7, 1));
    job = new LogPurgeJob({
      clock,
      log: createLogger({ log: { level: 'info' } }, { destination }),
      reader: { dialect: 'sqlite', all: async <T>() => [{ id: A }, { id: B }] as T[] },
      retention: {
        dueMonths: async (tenantId) => {
          asked.push(tenantId);
          return ['2026-01'];
        },
        purgeMonth: async (tenantId, month) => {
          if (tenantId === failing) throw new Error('key store away');
          purged.push(`${tenantId}/${month}`);
          return 3;
        },
      },
    });
  });

  it('P-0807 works at the start and once in each day', async () => {
    await job.run();
    expect(purged).toEqual([`${A}/2026-01`, `${B}/2026-01`]);
    clock.advance(23 * HOUR_MS);
    await job.run();
    expect(asked).toEqual([A, B]);
    clock.advance(HOUR_MS);
    await job.run();
    expect(asked).toEqual([A, B, A, B]);
  });

  it('P-0807 a purge that fails is logged, holds up no other tenant and is tried again in the next round', async () => {
    failing = A;
    await job.run();
    expect(purged).toEqual([`${B}/2026-01`]);
    const failure = lines.map((line) => JSON.parse(line)).find(({ event }) => event === 'audit.log-purge-failed');
    expect(failure).toMatchObject({ tenantId: A });
    failing = undefined;
    clock.advance(HOUR_MS);
    await job.run();
    expect(purged).toContain(`${A}/2026-01`);
  });
});
