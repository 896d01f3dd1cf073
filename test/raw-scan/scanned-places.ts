import { join } from 'node:path';
import { S3Store } from '@libs/storage';
import type { Column } from '@libs/testing';
import { Redis } from 'ioredis';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { type CrashStores, openCrashStores } from '../durability/crash-stores.js';
import { type ServerInstance, startMinio, startRedis } from '../servers/index.mjs';
import { until } from '../world/clients.js';
import type { Needle } from './needles.js';
import { newScan, type Scan, scanFile, scanFolder, scanRedis } from './scan.js';

/** All places where the product of one column leaves bytes. */
export interface ScannedPlaces {
  readonly env: Readonly<Record<string, string>>;
  readonly outputFile: string;
  readonly home: string;
  scan(needles: readonly Needle[]): Promise<Scan>;
  /** Writes `text` into the stores beside the database, as a leak would; answers the places. */
  plant(text: string): Promise<string[]>;
  drop(): Promise<void>;
}

interface Servers {
  readonly redis: ServerInstance;
  readonly minio: ServerInstance;
}

/** A folder; in the second column private servers with folders of their own besides. */
export async function openScannedPlaces(column: Column): Promise<ScannedPlaces> {
  const stores = await openCrashStores(column);
  const outputFile = join(stores.home, 'output.log');
  const servers = column === 'sqlite' ? undefined : await startServers();
  const env = { ...stores.env, CUSTODIA_SEED_BENCH: '0', ...(servers ? serverEnv(servers) : {}) };
  return {
    env,
    outputFile,
    home: stores.home,
    scan: (needles) => scanAll(stores, servers, outputFile, needles),
    plant: async (text) => (servers ? plantInServers(servers, text) : []),
    drop: async () => {
      await Promise.all([servers?.redis.stop(), servers?.minio.stop()]);
      await stores.drop();
    },
  };
}

async function startServers(): Promise<Servers> {
  const [redis, minio] = await Promise.all([startRedis(), startMinio()]);
  return { redis, minio };
}

function serverEnv({ redis, minio }: Servers): Record<string, string> {
  return {
    CUSTODIA_REDIS_URL: redis.url,
    CUSTODIA_STORAGE_URL: `${minio.url}/objects`,
    CUSTODIA_LEDGER_URL: `${minio.url}/ledger`,
  };
}

async function scanAll(
  { home, mariadb }: CrashStores,
  servers: Servers | undefined,
  outputFile: string,
  needles: readonly Needle[],
): Promise<Scan> {
  const scan = newScan();
  for (const name of ['data', 'keys', 'ledger']) scanFolder(join(home, name), needles, scan);
  scanFile(outputFile, needles, scan);
  if (mariadb) {
    await writeOutPages(mariadb.url);
    scanFolder(mariadb.dataDir, needles, scan);
  }
  if (servers) {
    scanFolder(servers.redis.dataDir, needles, scan);
    scanFolder(servers.minio.dataDir, needles, scan);
    await scanRedis(servers.redis.url, needles, scan);
  }
  return scan;
}

/** What InnoDB still holds in memory would otherwise be missed in the table files. */
async function writeOutPages(url: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    await connection.query('SET GLOBAL innodb_max_dirty_pages_pct_lwm = 0, innodb_max_dirty_pages_pct = 0');
    await until(async () => {
      const [rows] = await connection.query<RowDataPacket[]>("SHOW STATUS LIKE 'Innodb_buffer_pool_pages_dirty'");
      return Number(rows[0]?.Value) === 0;
    }, 15_000);
  } finally {
    await connection.end();
  }
}

async function plantInServers({ redis, minio }: Servers, text: string): Promise<string[]> {
  const client = new Redis(redis.url);
  await client.set('planted', text);
  client.disconnect();
  const { hostname, port, username, password } = new URL(minio.url);
  const place = { endpoint: hostname, port: Number(port), tls: false, bucket: 'planted' };
  const store = await S3Store.open({ ...place, accessKey: username, secretKey: password });
  await store.put('planted', Buffer.from(text));
  return ['redis planted', redis.dataDir, minio.dataDir];
}
