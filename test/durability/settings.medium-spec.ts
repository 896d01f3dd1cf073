import { MariaDatabase, type OpenTx, openGate, type SqliteDatabase } from '@libs/database';
import { contextScope } from '@libs/tenancy';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRows } from './stored-messages.js';

describeColumns('durable settings on $column of every connection the product opens', (column) => {
  let world: TestPlatform;
  beforeAll(async () => {
    world = await openTestPlatform({ column });
  });
  afterAll(() => world?.close());

  if (column === 'sqlite') {
    it('SQLite: WAL, FULL, secure_delete on writer and reader; the key store too', async () => {
      const { database, keyStore, config } = world.platform;
      const wanted = { journal_mode: 'wal', synchronous: 2, secure_delete: 1, foreign_keys: 1 };
      expect((database as SqliteDatabase).settings()).toEqual({ writer: wanted, reader: wanted });
      // `open` of the key store refuses other settings of its connection; the file keeps the journal mode.
      expect(await keyStore.kekState(world.tenants[0])).toBeUndefined();
      const { file } = config.keystore as { file: string };
      expect(await readRows({ file }, 'PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    });
  }

  if (column === 'mariadb') {
    it('MariaDB: each commit flushed, READ COMMITTED on each connection of both pools', async () => {
      // Without the query gate, which refuses what names no table.
      const options = { url: world.env.CUSTODIA_DATABASE_URL!, gate: openGate, readScope: contextScope };
      const database = await MariaDatabase.open(options);
      expect(await database.settings()).toEqual(await (world.platform.database as MariaDatabase).settings());
      expect(await database.settings()).toMatchObject({ flush_log: '1', isolation: 'READ-COMMITTED' });
      expect((await database.settings()).sync_binlog).toBe('1');
      const question = 'SELECT CONNECTION_ID() AS id, @@tx_isolation AS isolation, @@tx_read_only AS read_only';
      const open: OpenTx[] = await Promise.all(Array.from({ length: 4 }, () => database.begin()));
      const writers = await Promise.all(open.map(({ tx }) => tx.all(question, [])));
      for (const one of open) await one.rollback();
      const waiting = `${question}, SLEEP(0.2) AS slept`;
      const readers = await Promise.all(Array.from({ length: 8 }, () => database.reader.all(waiting, [])));
      const found = [...writers, ...readers].map(([row]) => row!);
      await database.close();
      expect(new Set(found.map((row) => row.id)).size).toBe(12);
      expect(new Set(found.map((row) => row.isolation))).toEqual(new Set(['READ-COMMITTED']));
      expect(found.map((row) => Number(row.read_only))).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
    });
  }
});
