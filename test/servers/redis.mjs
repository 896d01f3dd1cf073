import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianProgram, hasDebianPackages } from './debian-packages.mjs';
import { hasDockerEngine, IMAGES, runContainer } from './docker-engine.mjs';
import { freePort } from './free-port.mjs';
import { findProgram } from './run-command.mjs';
import { endServer, firstAnswer, spawnServer, waitUntilReady } from './server-process.mjs';

async function findRedis(log) {
  const program = findProgram('redis-server', 'valkey-server');
  if (program) return { program, env: process.env };
  if (!hasDebianPackages()) throw new Error('no Docker engine, no redis-server on PATH, no APT to fetch it with');
  return debianProgram({ packages: ['redis-server'], path: 'usr/bin/redis-server', log }).catch(() =>
    debianProgram({ packages: ['valkey-server'], path: 'usr/bin/valkey-server', log }),
  );
}

/** Everything Redis is given also lies on disk, so that a scan of its folder shows what it ever held. */
function settings(password, dataDir) {
  return ['--requirepass', password, '--appendonly', 'yes', '--dir', dataDir, '--save', '60 1'];
}

async function startProcess({ port, password, dataDir, logFile, ready }, log) {
  const binary = await findRedis(log);
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--daemonize', 'no', ...settings(password, dataDir)];
  const server = spawnServer(binary.program, args, { env: binary.env, logFile, cwd: dataDir });
  await waitUntilReady('Redis', server, ready, logFile);
  return () => endServer(server);
}

async function startContainer({ port, password, dataDir, logFile, ready }) {
  const container = await runContainer({
    name: 'redis',
    image: IMAGES.redis,
    port,
    innerPort: 6379,
    volumes: { [dataDir]: '/data' },
    command: ['redis-server', ...settings(password, '/data')],
  });
  await waitUntilReady('Redis', { exited: new Promise(() => {}) }, ready, logFile, 180_000);
  return () => container.remove();
}

/**
 * A private Redis on 127.0.0.1 with a password, in a temporary folder that `stop()` removes. With `url` it takes the place
 * of one that was stopped.
 */
export async function startRedis({ log = () => {}, url } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'custodia-redis-'));
  const removeFolder = () => rmSync(dataDir, { recursive: true, force: true });
  process.once('exit', removeFolder);
  const [port, password] = url
    ? [Number(new URL(url).port), new URL(url).password]
    : [await freePort(), randomBytes(12).toString('hex')];
  const logFile = join(dataDir, 'redis.log');
  writeFileSync(logFile, '', { mode: 0o600 });
  const ready = async () => (await firstAnswer(port, `AUTH ${password}\r\n`)).toString().startsWith('+OK');
  const options = { port, password, dataDir, logFile, ready };
  const end = (await hasDockerEngine()) ? await startContainer(options) : await startProcess(options, log);
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    dataDir,
    async stop() {
      await end();
      process.removeListener('exit', removeFolder);
      removeFolder();
    },
  };
}
