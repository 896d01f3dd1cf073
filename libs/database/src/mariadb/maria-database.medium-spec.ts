import { describeColumn, testStores } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noTenant, openGate } from '../gate/gate.js';
import { MariaDatabase } from './maria-database.js';

describeColumn('mariadb', 'reads outside a transaction', () => {
  let stores: Awaited<ReturnType<typeof testStores>>;
  let database: MariaDatabase;
  beforeAll(async () => {
    stores = await testStores('mariadb');
    const url = stores.env.CUSTODIA_DATABASE_URL!;
    database = await MariaDatabase.open({ url, gate: openGate, readScope: noTenant, readSeconds: 1 });
  });
  afterAll(async () => {
    await database?.close();
    await stores?.drop();
  });

  it('that take too long are ended by the server and are 503; the line then serves the next', async () => {
    const endless = 'SELECT COUNT(*) AS n FROM seq_1_to_1000000 a JOIN seq_1_to_1000000 b ON a.seq <> b.seq';
    // As many as the pool has lines, so that each of them is used again.
    const asked = Array.from({ length: 8 }, () => Promise.resolve(database.reader.all(endless, [])));
    for (const outcome of await Promise.allSettled(asked)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'database.read-too-long' } });
    }
    const next = Array.from({ length: 8 }, () => Promise.resolve(database.reader.all('SELECT 1 AS one', [])));
    expect(await Promise.all(next)).toEqual(Array.from({ length: 8 }, () => [{ one: 1 }]));
  });

  it('cannot write', async () => {
    await expect(database.reader.all('CREATE TABLE t (x INT)', [])).rejects.toMatchObject({
      code: 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
    });
  });
});
