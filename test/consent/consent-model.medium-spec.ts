import { columns } from '@libs/testing';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../durability/seeded-random.js';
import { runConsents } from './consent-run.js';
import { openProcesses } from './open-processes.js';

/** 20,000 together: most where a transaction is cheap. */
const STEPS = { sqlite: 17_000, mariadb: 3000 } as const;
const KINDS = [
  'born',
  'change',
  'clock',
  'grant',
  'guard',
  'link',
  'refuse',
  'replay',
  'see',
  'unlink',
  'withdraw',
  'withdraw-all',
  'write',
];

describe.each(columns)('consents of two processes on $column', ({ column, available }) => {
  it.skipIf(!available)(
    'P-0103 P-0104 P-0109 P-0110 P-0112 P-0402 whatever happens, nothing is served without a ground and nothing agreed to is withheld',
    async () => {
      const processes = await openProcesses(column);
      try {
        const random = seededRandom(`consents on ${column}`, 3);
        const counts = await runConsents({ processes, random, steps: STEPS[column], worlds: 40 });
        expect(Object.keys(counts).sort()).toEqual(KINDS);
      } finally {
        await processes.close();
      }
    },
    180_000,
  );
});
