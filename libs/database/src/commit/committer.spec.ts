import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database, OpenTx } from '../database.js';
import type { WriteSet } from '../write-set.js';
import { Committer, type JournalKind } from './committer.js';
import { WriterLock } from './writer-lock.js';

const SET: WriteSet = {
  tenantId: 'tenant',
  actor: { kind: 'system', id: 'test' },
  purpose: 'security',
  correlationId: 'test',
  steps: [],
  journal: [{ kind: 'test.noted.v1', subjectId: null, resource: 'test:1', fields: '', commitment: null }],
};

/** What a batch needs of a journal and of a database that has nothing to store. */
const journal = { load: () => undefined, apply: () => undefined, write: () => undefined, committed: () => undefined };
const open = { tx: {}, commit: () => undefined, rollback: () => undefined };

describe('when batches begin', () => {
  let begun: number[];
  let committer: Committer;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] });
    begun = [];
    const begin = (): OpenTx => {
      begun.push(performance.now());
      return open as unknown as OpenTx;
    };
    const database = { begin, isTransient: () => false } as unknown as Database;
    committer = new Committer(database, journal as unknown as JournalKind, new WriterLock(true));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const submit = (many: number) => Promise.all(Array.from({ length: many }, () => committer.submit(SET)));
  /** Lets everything happen that is due within `ms`. */
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it('one behind the other where each is of one set: who writes alone waits for nothing', async () => {
    for (let round = 0; round < 3; round++) {
      const done = submit(1);
      await pass(0);
      await done;
    }
    expect(begun).toEqual([begun[0], begun[0], begun[0]]);
  });

  it('two milliseconds after a batch of several, with all that has come meanwhile', async () => {
    const first = submit(3);
    await pass(0);
    await first;
    const second = submit(1);
    await pass(1);
    expect(begun).toHaveLength(1);
    const third = submit(2);
    await pass(1);
    await Promise.all([second, third]);
    expect(begun).toHaveLength(2);
    expect(begun[1]! - begun[0]!).toBe(2);
    expect(committer.load).toEqual({ waiting: 0, batches: 2, sets: 6 });
  });

  it('at once again when nobody has written for a while', async () => {
    const first = submit(3);
    await pass(50);
    await first;
    const late = submit(1);
    await pass(0);
    await late;
    expect(begun).toHaveLength(2);
  });
});
