import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomToken } from '@libs/kernel';
import { createConnection } from 'mysql2/promise';
import { startVaultCounterpart } from '../../libs/privacy/src/kms/testing/vault-counterpart.js';
import { freePort, knownNginx, startNginx } from '../servers/index.mjs';
import { type ComposedService, type ComposeFile, readCompose } from './compose-file.js';
import { endProcess } from './end-process.js';
import { type ImageFolder, layOutImage } from './image-folder.js';

/** What a group of tests of the composed shape needs besides the servers of the second column. */
export const NGINX = { name: 'nginx', isMet: knownNginx() !== undefined };

const START_MS = 150_000;

/** One process of a service. */
export interface ServiceProcess {
  readonly name: string;
  readonly url: string;
  output(): string;
  /** A power cut for this process alone. */
  kill9(): Promise<void>;
  start(): Promise<void>;
}

/** The production shape as compose describes it, on this machine: each container a process, each host name a port. */
export interface FiveServices {
  /** Where the proxy listens. */
  readonly url: string;
  readonly compose: ComposeFile;
  readonly services: ReadonlyMap<string, ServiceProcess>;
  /** What each of them is told. */
  readonly env: Readonly<Record<string, string>>;
  readonly image: ImageFolder;
  close(): Promise<void>;
}

export interface FiveServicesOptions {
  /** What an operator sets besides the secrets. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Done while the services start; gets what each of them is told. */
  beside?(env: Readonly<Record<string, string>>): Promise<void>;
}

/** Starts what compose says, in the order it says. */
export async function startFiveServices(options: FiveServicesOptions = {}): Promise<FiveServices> {
  const folder = mkdtempSync(join(tmpdir(), 'custodia-composed-'));
  const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await startAll(folder, options, undo)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startAll(
  folder: string,
  { variables, beside }: FiveServicesOptions,
  undo: (() => unknown)[],
): Promise<Omit<FiveServices, 'close'>> {
  const port = await freePort();
  const name = `c${randomToken(9).replace(/[^a-z0-9]/gi, '0')}`.toLowerCase();
  const token = randomToken(18);
  const vault = await startVaultCounterpart({ file: join(folder, 'vault.json'), token });
  undo.push(() => vault.close());
  const [redis, minio] = [new URL(process.env.TEST_REDIS_URL!), new URL(process.env.TEST_MINIO_URL!)];
  const compose = readCompose({
    CUSTODIA_PUBLIC_ORIGIN: `http://127.0.0.1:${port}`,
    CUSTODIA_PROXY_ADDRESS: '127.0.0.1',
    CUSTODIA_PROFILE: 'demo',
    CUSTODIA_NAME: name,
    ...{ MARIADB_ROOT_PASSWORD: secret(), MARIADB_PASSWORD: secret(), KEYSTORE_PASSWORD: secret() },
    ...{ MINIO_USER: minio.username, MINIO_PASSWORD: minio.password, REDIS_PASSWORD: redis.password },
    ...{ CUSTODIA_KMS_URL: vault.url, CUSTODIA_KMS_TOKEN: token },
    ...variables,
  });
  undo.push(await initMariadb(folder, compose.services.mariadb!, name));
  const image = layOutImage(join(folder, 'app'), resolve('docker/Dockerfile'));
  const places = {
    'mariadb:3306': new URL(process.env.TEST_MARIADB_URL!).host,
    'minio:9000': minio.host,
    'redis:6379': redis.host,
  };
  const built = Object.entries(compose.services).filter(([, { build }]) => build !== undefined);
  const services = new Map<string, ServiceProcess>();
  for (const [service, description] of built) {
    const one = serviceProcess(service, description, { folder, image, places, port: await freePort() });
    undo.push(() => one.end());
    services.set(service, one);
  }
  const env = environmentOf(built[0]![1], places);
  await Promise.all([...[...services.values()].map((one) => one.start()), beside?.(env)]);
  const replace = Object.fromEntries([...services].map(([key, { url }]) => [`${key}:3000`, new URL(url).host]));
  const nginx = await startNginx({
    ...{ configFile: configOf(compose), folder: join(folder, 'nginx'), port },
    replace: { ...replace, 'listen 8080;': `listen 127.0.0.1:${port};` },
  });
  undo.push(() => nginx.stop());
  return { url: nginx.url, compose, services, env, image };
}

/** The file that the proxy's container is given. */
function configOf({ services }: ComposeFile): string {
  const inside = services.proxy!.command[services.proxy!.command.indexOf('-c') + 1]!;
  const mount = services.proxy!.volumes!.find((volume) => volume.split(':')[1] === inside)!;
  return resolve('docker', mount.split(':')[0]!);
}

/** Runs the script that compose gives to MariaDB's container, with a client that speaks to the test server. */
async function initMariadb(folder: string, mariadb: ComposedService, name: string): Promise<() => Promise<void>> {
  const mount = mariadb.volumes!.find((volume) => volume.includes('/docker-entrypoint-initdb.d/'))!;
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const [client, sqlFile] = [join(bin, 'mariadb'), join(folder, 'init.sql')];
  writeFileSync(client, `#!/bin/sh\ncat > '${sqlFile}'\n`);
  chmodSync(client, 0o700);
  const env = { PATH: `${bin}:${process.env.PATH}`, ...mariadb.environment };
  execFileSync('sh', [resolve('docker', mount.split(':')[0]!)], { env, stdio: 'pipe' });
  const onServer = async (sql: string): Promise<void> => {
    const connection = await createConnection({ uri: process.env.TEST_MARIADB_URL!, multipleStatements: true });
    await connection.query(sql).finally(() => connection.end());
  };
  await onServer(readFileSync(sqlFile, 'utf8'));
  const drops = [name, `${name}_keys`].map(
    (one) => `DROP DATABASE IF EXISTS ${one}; DROP USER IF EXISTS '${one}'@'%';`,
  );
  return () => onServer(drops.join(' '));
}

function environmentOf(
  { environment = {} }: ComposedService,
  places: Readonly<Record<string, string>>,
): Record<string, string> {
  const here = (text: string): string =>
    Object.entries(places).reduce((found, [from, to]) => found.replace(`@${from}`, `@${to}`), text);
  return Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, here(value)]));
}

interface Placed {
  readonly folder: string;
  readonly image: ImageFolder;
  readonly places: Readonly<Record<string, string>>;
  readonly port: number;
}

/** One container as a process: its command and environment, in a folder that holds what the image holds. */
function serviceProcess(
  name: string,
  description: ComposedService,
  { folder, image, places, port }: Placed,
): ServiceProcess & { end(): Promise<void> } {
  const [program, ...args] = description.command;
  if (program !== 'node') throw new Error(`${name}: ${program} is no node`);
  const home = join(folder, name);
  mkdirSync(home);
  const logFile = join(folder, `${name}.log`);
  const output = (): string => readFileSync(logFile, 'utf8');
  const url = `http://127.0.0.1:${port}`;
  const own = { CUSTODIA_HOME: home, HOST: '127.0.0.1', PORT: String(port), PATH: process.env.PATH };
  const env = { ...image.env, ...environmentOf(description, places), ...own };
  const running: { child?: ChildProcess } = {};
  const signal = async (kind: NodeJS.Signals): Promise<void> => {
    if (running.child) await endProcess(running.child, kind);
  };
  const start = async (): Promise<void> => {
    writeFileSync(logFile, '', { flag: 'a' });
    const child = spawn(process.execPath, args, { cwd: image.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => appendFileSync(logFile, bytes));
    process.once('exit', () => child.kill('SIGKILL'));
    running.child = child;
    const deadline = Date.now() + START_MS;
    while (!(await isReady(url))) {
      const gone = child.exitCode !== null || child.signalCode !== null;
      if (gone || Date.now() > deadline)
        throw new Error(`${name} is not ready (${child.exitCode ?? child.signalCode ?? 'runs'}):\n${output()}`);
      await sleep(50);
    }
  };
  return { name, url, output, start, kill9: () => signal('SIGKILL'), end: () => signal('SIGTERM') };
}

/** What compose's health check asks. */
async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

function secret(): string {
  return randomToken(24).replace(/[^A-Za-z0-9]/g, 'x');
}
