import { spawnSync } from 'node:child_process';
import { findProgram, lastLines, runCommand } from './run-command.mjs';

/** Images by version, so that a run of next year tests against the same servers. */
export const IMAGES = {
  mariadb: 'mariadb:10.11.11',
  redis: 'redis:7.2.7-bookworm',
  minio: 'minio/minio:RELEASE.2025-09-07T16-13-09Z',
};

let engine;

/** True when a Docker engine answers (a client alone is not enough). */
export function hasDockerEngine() {
  engine ??= findProgram('docker')
    ? runCommand('docker', ['info', '--format', '{{.ServerVersion}}'], { timeoutMs: 20_000 }).then(
        (answer) => answer.ok && /^\d/.test(answer.stdout.trim()),
      )
    : Promise.resolve(false);
  return engine;
}

async function docker(...args) {
  const answer = await runCommand('docker', args, { timeoutMs: 600_000 });
  if (!answer.ok) throw new Error(`docker ${args[0]} failed: ${lastLines(answer.stderr, 4)}`);
  return answer.stdout.trim();
}

/** Runs one pinned image in the background; the name ends with the process id so that leftovers can be told apart. */
export async function runContainer({ name, image, port, innerPort, env = {}, volumes = {}, user, command = [] }) {
  const container = `custodia-test-${name}-${port}-${process.pid}`;
  const options = [
    ...Object.entries(env).flatMap(([key, value]) => ['-e', `${key}=${value}`]),
    ...Object.entries(volumes).flatMap(([folder, inside]) => ['-v', `${folder}:${inside}`]),
    ...(user ? ['--user', user] : []),
  ];
  await docker('run', '-d', '--name', container, '-p', `127.0.0.1:${port}:${innerPort}`, ...options, image, ...command);
  const removeNow = () => spawnSync('docker', ['rm', '--force', '--volumes', container], { stdio: 'ignore' });
  process.once('exit', removeNow);
  return {
    pid: async () => Number(await docker('inspect', '-f', '{{.State.Pid}}', container)),
    kill9: () => docker('kill', '--signal', 'KILL', container),
    start: () => docker('start', container),
    stop: () => docker('stop', '--time', '20', container),
    log: async () => (await runCommand('docker', ['logs', '--tail', '15', container])).stderr,
    remove: async () => {
      process.removeListener('exit', removeNow);
      await docker('rm', '--force', '--volumes', container);
    },
  };
}
