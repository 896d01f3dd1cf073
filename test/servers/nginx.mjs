import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debianProgram, hasDebianPackages, unpackedProgram } from './debian-packages.mjs';
import { findProgram } from './run-command.mjs';
import { endServer, firstAnswer, spawnServer, waitUntilReady } from './server-process.mjs';

const DEBIAN = { packages: ['nginx'], path: 'usr/sbin/nginx', asks: '-v' };

/** Where nginx can be started at once: on this machine, or unpacked by an earlier `findNginx`. */
export function knownNginx() {
  return findProgram('nginx') ?? unpackedProgram(DEBIAN);
}

/** Finds nginx on this machine or unpacks Debian's. */
export async function findNginx(log = () => {}) {
  const program = findProgram('nginx');
  if (program) return { program, env: process.env };
  if (!hasDebianPackages()) throw new Error('no nginx on PATH, no APT to fetch it with');
  return debianProgram({ ...DEBIAN, log });
}

/**
 * Runs nginx with the configuration that the product ships. Only places are exchanged: `replace` maps what stands in the
 * file to where it is here; each must occur.
 */
export async function startNginx({ configFile, folder, port, replace, log = () => {} }) {
  const nginx = await findNginx(log);
  let text = readFileSync(configFile, 'utf8');
  for (const [from, to] of Object.entries({ ...replace, '/tmp/nginx': folder })) {
    if (!text.includes(from)) throw new Error(`${configFile} does not name ${from}`);
    text = text.replaceAll(from, to);
  }
  mkdirSync(folder, { recursive: true });
  const own = join(folder, 'nginx.conf');
  writeFileSync(own, text);
  const logFile = join(folder, 'nginx.log');
  writeFileSync(logFile, '');
  const args = ['-p', folder, '-c', own, '-g', 'daemon off;'];
  const server = spawnServer(nginx.program, args, { env: nginx.env, logFile, cwd: folder });
  const answers = async () => (await firstAnswer(port, 'GET /healthz HTTP/1.0\r\n\r\n')).toString().startsWith('HTTP/');
  await waitUntilReady('nginx', server, answers, logFile);
  return { url: `http://127.0.0.1:${port}`, logFile, stop: () => endServer(server) };
}
