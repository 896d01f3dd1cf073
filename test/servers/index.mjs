import { tmpdir } from 'node:os';
import { startMariadb } from './mariadb.mjs';
import { startMinio } from './minio.mjs';
import { startRedis } from './redis.mjs';

export { findChromium, knownHeadlessShell, provideChromium, provideHeadlessShell } from './chromium.mjs';
export { freePort } from './free-port.mjs';
export { findNginx, knownNginx, startNginx } from './nginx.mjs';
export { startMariadb, startMinio, startRedis };

const SERVERS = [
  {
    name: 'mariadb',
    variable: 'TEST_MARIADB_URL',
    dataVariable: 'TEST_MARIADB_DATA',
    start: (options) => startMariadb({ ...options, folder: process.env.TEST_MEMORY ?? tmpdir() }),
  },
  { name: 'redis', variable: 'TEST_REDIS_URL', dataVariable: 'TEST_REDIS_DATA', start: startRedis },
  { name: 'minio', variable: 'TEST_MINIO_URL', dataVariable: 'TEST_MINIO_DATA', start: startMinio },
];

async function provide({ name, variable, dataVariable, start }, log) {
  const given = process.env[variable];
  if (given) return { name, variable, dataVariable, url: given, dataDir: process.env[dataVariable] };
  try {
    const server = await start({ log: (line) => log(`${name}: ${line}`) });
    return { name, variable, dataVariable, url: server.url, dataDir: server.dataDir, stop: () => server.stop() };
  } catch (error) {
    return { name, variable, dataVariable, problem: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * The servers of the second column, each from the environment, a Docker engine, a program found on this machine, or
 * fetched once into the cache folder. A server that cannot be had is in `problems`, with the reason; the others run.
 * `env` holds the variables under which tests find what runs.
 */
export async function ensureServers({ log = () => {} } = {}) {
  const provided = await Promise.all(SERVERS.map((server) => provide(server, log)));
  const running = provided.filter((server) => server.url);
  const environment = running.flatMap(({ variable, dataVariable, url, dataDir }) => [
    [variable, url],
    ...(dataDir ? [[dataVariable, dataDir]] : []),
  ]);
  return {
    ...Object.fromEntries(running.map(({ name, url }) => [name, url])),
    env: Object.fromEntries(environment),
    problems: provided.filter((server) => server.problem).map(({ name, problem }) => ({ name, problem })),
    stop: async () => {
      await Promise.all(running.map((server) => server.stop?.()));
    },
  };
}
