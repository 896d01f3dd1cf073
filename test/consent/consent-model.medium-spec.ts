import { InvalidationFeed } from '@libs/events';
import { type Column, describeColumns } from '@libs/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../durability/seeded-random.js';
import { runConsents } from './consent-run.js';
import { ConsentModel } from './model.js';
import { openProcesses } from './open-processes.js';

/** 20,000 together: most where a transaction is cheap. */
const STEPS = { sqlite: 18_500, mariadb: 1500 } as const;
const WORLDS = { sqlite: 40, mariadb: 12 } as const;
/** Every kind of step was drawn. */
const KINDS = 'born,change,clock,grant,guard,link,refuse,replay,see,unlink,withdraw,withdraw-all,write';
const LIMIT_MS = 600_000;

async function run(column: Column, steps: number, worlds: number): Promise<string> {
  const processes = await openProcesses(column);
  try {
    const random = seededRandom(`consents on ${column}`, 3);
    return Object.keys(await runConsents({ processes, random, steps, worlds }))
      .sort()
      .join();
  } finally {
    await processes.close();
  }
}

describeColumns('consents of two processes on $column', (column) => {
  it(
    'P-0103 P-0104 P-0109 P-0110 P-0112 P-0402 whatever happens, nothing is served without a ground and nothing agreed to is withheld',
    async () => {
      expect(await run(column, STEPS[column], WORLDS[column])).toBe(KINDS);
    },
    LIMIT_MS,
  );
});

describe('the run finds', () => {
  afterEach(() => vi.restoreAllMocks());

  it(
    'a process that does not hear what was decided elsewhere, and says it in few steps',
    async () => {
      const listen = InvalidationFeed.prototype.onRow;
      vi.spyOn(InvalidationFeed.prototype, 'onRow').mockImplementation(function (this: InvalidationFeed, listener) {
        listen.call(this, (row) => void (row.kind === 'consent' || listener(row)));
      });
      await expect(run('sqlite', 1000, 5)).rejects.toThrow(/\n[1-4] steps show it:/);
    },
    LIMIT_MS,
  );

  it(
    'a rule that differs from the requirements about linked subjects',
    async () => {
      vi.spyOn(ConsentModel.prototype, 'sameHuman').mockImplementation((person) => [person]);
      await expect(run('sqlite', 3000, 10)).rejects.toThrow(/\n\d steps show it:.*"kind":"link"/s);
    },
    LIMIT_MS,
  );
});
