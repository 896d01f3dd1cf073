import { describeColumns } from '@libs/testing';
import { it } from 'vitest';
import { runConsents } from '../consent/consent-run.js';
import { openProcesses } from '../consent/open-processes.js';
import { seededRandom } from '../durability/seeded-random.js';

const STEPS = Number(process.env.SOAK_CONSENT_STEPS ?? 1_000_000);
/** SQLite has most of them; what MariaDB does differently shows in fewer. */
const SHARE = { sqlite: 0.9, mariadb: 0.1 } as const;
/** The journal of a database grows with every step; a fresh one is faster than a large one. */
const A_DATABASE = 50_000;
const LINE_EVERY = 10_000;

describeColumns('consents of two processes on $column', (column) => {
  it(`${STEPS * SHARE[column]} steps: nothing is served without a ground, nothing agreed to withheld`, async () => {
    const total = STEPS * SHARE[column];
    const random = seededRandom(`soak of consents on ${column}`, Date.now());
    for (let done = 0; done < total; done += A_DATABASE) {
      const processes = await openProcesses(column);
      try {
        const steps = Math.min(A_DATABASE, total - done);
        const onProgress = (now: number): void => {
          if (now % LINE_EVERY === 0) console.log(`${column}: ${done + now} of ${total} steps`);
        };
        await runConsents({ processes, random, steps, worlds: 40, onProgress });
      } finally {
        await processes.close();
      }
    }
  });
});
