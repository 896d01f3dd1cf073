import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasDockerEngine, IMAGES, runContainer } from './docker-engine.mjs';
import { freePort } from './free-port.mjs';
import { fillDataFolder, findMariadb } from './mariadb-binary.mjs';
import { endServer, firstAnswer, spawnServer, waitUntilReady } from './server-process.mjs';

/** What the product asserts on every connection, and what keeps many small instances cheap. */
const SETTINGS = [
  '--log-bin=binlog',
  '--server-id=1',
  '--sync-binlog=1',
  '--innodb-flush-log-at-trx-commit=1',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_unicode_ci',
  '--skip-name-resolve',
  '--innodb-buffer-pool-size=256M',
  '--innodb-log-file-size=32M',
  '--max-connections=300',
  '--max-allowed-packet=64M',
];

/** The greeting of protocol 10; a server that refuses (or a proxy without a server) sends something else. */
async function greets(port) {
  return (await firstAnswer(port))[4] === 10;
}

function rootAccount(password) {
  return [
    'SET SESSION sql_log_bin = 0;',
    `CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    "GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;",
  ].join('\n');
}

/** One instance from a binary: its current process, and how to start it once more on the same folder and port. */
function binaryInstance(binary, { dataDir, port, password, logFile, runDir }) {
  const socket = join(runDir, 'm.sock');
  const initFile = join(runDir, 'init.sql');
  const args = [
    ...binary.baseArgs,
    ...SETTINGS,
    `--datadir=${dataDir}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    `--socket=${socket}`,
    `--pid-file=${join(runDir, 'm.pid')}`,
    `--init-file=${initFile}`,
  ];
  let server;
  return {
    pid: () => server.pid,
    async start() {
      // A killed server leaves its lock beside the socket; another living process may have got the same pid since.
      rmSync(`${socket}.lock`, { force: true });
      writeFileSync(initFile, rootAccount(password), { mode: 0o600 });
      server = spawnServer(binary.program, args, { env: binary.env, logFile });
      await waitUntilReady('MariaDB', server, () => greets(port), logFile, 120_000);
      rmSync(initFile);
    },
    async kill9() {
      server.child.kill('SIGKILL');
      await server.exited;
    },
    stop: () => endServer(server, 30_000),
  };
}

async function containerInstance({ dataDir, port, password, logFile }) {
  const owner = process.getuid ? `${process.getuid()}:${process.getgid()}` : undefined;
  let pid = 0;
  let container;
  const ready = () =>
    waitUntilReady('MariaDB', { exited: new Promise(() => {}) }, () => greets(port), logFile, 180_000);
  return {
    pid: () => pid,
    async start() {
      if (container) await container.start();
      container ??= await runContainer({
        name: 'mariadb',
        image: IMAGES.mariadb,
        port,
        innerPort: 3306,
        env: { MARIADB_ROOT_PASSWORD: password, MARIADB_ROOT_HOST: '%' },
        volumes: { [dataDir]: '/var/lib/mysql' },
        user: owner === '0:0' ? undefined : owner,
        command: SETTINGS,
      });
      await ready();
      pid = await container.pid();
    },
    kill9: () => container.kill9(),
    stop: () => container.stop(),
    remove: () => container.remove(),
  };
}

async function chooseInstance(options, log) {
  if (await hasDockerEngine()) return containerInstance(options);
  const binary = await findMariadb(log);
  await fillDataFolder(binary, options.dataDir, log);
  return binaryInstance(binary, options);
}

/**
 * A private MariaDB with binlog and full durability on 127.0.0.1, started and ready.
 * Without `datadir` it lives in a temporary folder that `stop()` removes; a given folder is kept, and starting on it
 * again finds its data; `folder` is where that one is made. `kill9()` is a power cut for the process; `start()` brings it back on the same port.
 */
export async function startMariadb({ datadir, port, folder = tmpdir(), log = () => {} } = {}) {
  const runDir = mkdtempSync(join(folder, 'custodia-mariadb-'));
  const removeRunDir = () => rmSync(runDir, { recursive: true, force: true });
  process.once('exit', removeRunDir);
  const dataDir = datadir ?? join(runDir, 'data');
  if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const password = randomBytes(12).toString('hex');
  const logFile = join(runDir, 'mariadb.log');
  writeFileSync(logFile, '', { mode: 0o600 });
  const options = { dataDir, port: port ?? (await freePort()), password, logFile, runDir };
  const instance = await chooseInstance(options, log);
  await instance.start();
  return {
    get pid() {
      return instance.pid();
    },
    url: `mysql://root:${password}@127.0.0.1:${options.port}/`,
    dataDir,
    logFile,
    port: options.port,
    start: () => instance.start(),
    kill9: () => instance.kill9(),
    async stop() {
      await instance.stop();
      await instance.remove?.();
      process.removeListener('exit', removeRunDir);
      removeRunDir();
    },
  };
}
