import { existsSync } from 'node:fs';
import { describeColumn } from '@libs/testing';
import { Redis } from 'ioredis';
import { Client } from 'minio';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { expect, it } from 'vitest';
import { startMariadb } from './index.mjs';

const { TEST_MARIADB_URL, TEST_REDIS_URL, TEST_MINIO_URL } = process.env;

describeColumn('mariadb', 'the servers of the second column', () => {
  it('MariaDB runs with binlog, full durability and utf8mb4', async () => {
    const connection = await createConnection(TEST_MARIADB_URL ?? '');
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT @@log_bin AS log, @@sync_binlog AS sync, @@innodb_flush_log_at_trx_commit AS flush, @@character_set_server AS charset',
    );
    await connection.end();
    expect(rows[0]).toEqual({ log: 1, sync: 1, flush: 1, charset: 'utf8mb4' });
  });

  it('Redis answers with its password and refuses without', async () => {
    const redis = new Redis(TEST_REDIS_URL ?? '');
    expect(await redis.ping()).toBe('PONG');
    redis.disconnect();
  });

  it('MinIO keeps an object and refuses a wrong secret', async () => {
    const url = new URL(TEST_MINIO_URL ?? '');
    const options = { endPoint: url.hostname, port: Number(url.port), useSSL: false, accessKey: url.username };
    const client = new Client({ ...options, secretKey: url.password });
    await client.makeBucket('servers-spec', '', { ObjectLocking: true });
    await client.putObject('servers-spec', 'one', 'text');
    expect((await client.statObject('servers-spec', 'one')).size).toBe(4);
    const stranger = new Client({ ...options, secretKey: 'not-the-secret' });
    await expect(stranger.statObject('servers-spec', 'one')).rejects.toThrow();
  });

  it('a private MariaDB survives kill -9 with its committed rows, and leaves nothing behind', async () => {
    const server = await startMariadb();
    const before = await createConnection(server.url);
    await before.query('CREATE DATABASE crash');
    await before.query('CREATE TABLE crash.kept (id INT PRIMARY KEY)');
    await before.query('INSERT INTO crash.kept VALUES (7)');
    before.on('error', () => {});
    const firstPid = server.pid;
    await server.kill9();
    before.destroy();
    await server.start();
    const after = await createConnection(server.url);
    const [rows] = await after.query<RowDataPacket[]>('SELECT id FROM crash.kept');
    await after.end();
    expect(rows).toEqual([{ id: 7 }]);
    expect(server.pid).not.toBe(firstPid);
    await server.stop();
    expect(existsSync(server.dataDir)).toBe(false);
  });
});
