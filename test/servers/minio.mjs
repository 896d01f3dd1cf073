import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { hasDockerEngine, IMAGES, runContainer } from './docker-engine.mjs';
import { freePort } from './free-port.mjs';
import { findProgram, lastLines, runCommand } from './run-command.mjs';
import { endServer, spawnServer, waitUntilReady } from './server-process.mjs';

/** The last commit of the community edition that was released; its repository is archived. */
const MINIO_VERSION = 'v0.0.0-20260212201848-7aac2a2c5b7c';

async function buildMinio(target, log) {
  const go = findProgram('go');
  if (!go) {
    throw new Error('no Docker engine, no minio on PATH and no Go toolchain to build it with (https://go.dev/dl)');
  }
  log('building MinIO with Go, once; about 4 minutes on 2 cores');
  const work = `${target}.${process.pid}.partial`;
  mkdirSync(work, { recursive: true });
  const env = { ...process.env, GOBIN: work, CGO_ENABLED: '0' };
  const args = ['install', '-buildvcs=false', '-trimpath', `github.com/minio/minio@${MINIO_VERSION}`];
  const started = Date.now();
  const heartbeat = setInterval(() => log(`still building, ${Math.round((Date.now() - started) / 1000)} s`), 30_000);
  const built = await runCommand(go, args, { cwd: work, env, timeoutMs: 40 * 60_000 });
  clearInterval(heartbeat);
  if (!built.ok) {
    rmSync(work, { recursive: true, force: true });
    throw new Error(`MinIO cannot be built with ${go}: ${lastLines(built.stderr)}`);
  }
  if (!existsSync(target)) renameSync(join(work, 'minio'), target);
  rmSync(work, { recursive: true, force: true });
}

async function findMinio(log) {
  const program = findProgram('minio');
  if (program) return program;
  const target = join(cacheFolder('bin'), `minio-${MINIO_VERSION}`);
  if (!existsSync(target)) await buildMinio(target, log);
  return target;
}

async function startProcess({ port, env, dataDir, logFile, ready }, log) {
  const program = await findMinio(log);
  const addresses = ['--address', `127.0.0.1:${port}`, '--console-address', `127.0.0.1:${await freePort()}`];
  const home = { HOME: dataDir, MINIO_CONFIG_DIR: join(dataDir, '.minio') };
  const args = ['server', '--quiet', ...addresses, join(dataDir, 'objects')];
  const server = spawnServer(program, args, { env: { ...process.env, ...env, ...home }, logFile, cwd: dataDir });
  await waitUntilReady('MinIO', server, ready, logFile);
  return () => endServer(server);
}

async function startContainer({ port, env, dataDir, logFile, ready }) {
  const container = await runContainer({
    name: 'minio',
    image: IMAGES.minio,
    port,
    innerPort: 9000,
    env,
    volumes: { [dataDir]: '/data' },
    command: ['server', '/data/objects'],
  });
  await waitUntilReady('MinIO', { exited: new Promise(() => {}) }, ready, logFile, 180_000);
  return () => container.remove();
}

async function isHealthy(port) {
  const answer = await fetch(`http://127.0.0.1:${port}/minio/health/ready`).catch(() => undefined);
  return answer?.status === 200;
}

/** A private MinIO (object lock included) on 127.0.0.1, in a temporary folder that `stop()` removes. */
export async function startMinio({ log = () => {} } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'custodia-minio-'));
  const removeFolder = () => rmSync(dataDir, { recursive: true, force: true });
  process.once('exit', removeFolder);
  mkdirSync(join(dataDir, 'objects'));
  const [port, secret] = [await freePort(), randomBytes(16).toString('hex')];
  const logFile = join(dataDir, 'minio.log');
  writeFileSync(logFile, '', { mode: 0o600 });
  const env = {
    MINIO_ROOT_USER: 'custodia-test',
    MINIO_ROOT_PASSWORD: secret,
    MINIO_BROWSER: 'off',
    MINIO_UPDATE: 'off',
  };
  const options = { port, env, dataDir, logFile, ready: () => isHealthy(port) };
  const end = (await hasDockerEngine()) ? await startContainer(options) : await startProcess(options, log);
  return {
    url: `http://custodia-test:${secret}@127.0.0.1:${port}`,
    dataDir,
    async stop() {
      await end();
      process.removeListener('exit', removeFolder);
      removeFolder();
    },
  };
}
