import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfSources, isFresh, writeStamp } from '../build/stamp.mjs';
import { SetupProblem } from './problem.mjs';

const NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH|ENOTCACHED|EIDLETIMEOUT/;
const RIGHTS = /EACCES|EPERM|EROFS/;
const ARGUMENTS = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];

/** A line for the reader from what npm printed: network, rights, disk or, else, npm's own last words. */
export function explainInstall(output) {
  const lines = output.trim().split('\n');
  const telling = lines.filter((line) => /^npm (error|ERR!) (code|network request|request to)/.test(line));
  const tail = (telling.length > 0 ? telling : lines).slice(-6).join('\n');
  if (NETWORK.test(output)) {
    return `The dependencies cannot be fetched: no network, or the npm registry does not answer.\nConnect (or set npm's proxy: npm config set proxy http://host:port) and run the same command again.\n${tail}`;
  }
  if (RIGHTS.test(output)) {
    return `The dependencies cannot be written.\nClone the folder where you may write, or mend its owner with chown.\n${tail}`;
  }
  if (/ENOSPC/.test(output)) return `The disk is full; the dependencies need about 700 MB.\n${tail}`;
  return `npm install failed:\n${tail}`;
}

function npmCommand() {
  const script = process.env.npm_execpath ?? '';
  return script.endsWith('npm-cli.js') ? [process.execPath, [script]] : ['npm', []];
}

function runNpm(root, extra) {
  const [program, first] = npmCommand();
  return new Promise((resolve) => {
    const stdio = ['ignore', 'pipe', 'pipe'];
    const child = spawn(program, [...first, ...ARGUMENTS, ...extra], {
      cwd: root,
      stdio,
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes) => {
        output += bytes;
      });
    }
    child.once('error', (error) => resolve({ ok: false, output: `npm cannot be started: ${error.message}` }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

function countPackages(root) {
  const folder = join(root, 'node_modules');
  return existsSync(folder) ? readdirSync(folder).length : 0;
}

/** Programs that come as binaries per machine: npm leaves them out when the lock was written on another one. */
async function binariesLoad(root) {
  const code = "await Promise.all(['@rspack/core','@swc/core','libsql','@node-rs/argon2'].map((name) => import(name)))";
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: root, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('exit', (exit) => resolve(exit === 0));
  });
}

async function runInstall(root, log) {
  const started = Date.now();
  const heartbeat = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    log(`  … ${seconds} s, ${countPackages(root)} folders in node_modules`);
  }, 10_000);
  try {
    let result = await runNpm(root, []);
    if (result.ok && !(await binariesLoad(root))) {
      log('  … this machine needs binaries that the lock file does not list; installing without it');
      result = await runNpm(root, ['--no-package-lock', '--force']);
    }
    if (!result.ok) throw new SetupProblem(explainInstall(result.output));
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Brings node_modules in step with the lock file, and does nothing when it is. True when it installed.
 * `npm install` and not `npm ci`: ci refuses a lock that lacks binaries of other platforms.
 */
export async function installDependencies(root, log) {
  const stamp = join(root, 'node_modules', '.custodia-install');
  const wanted = () =>
    `${hashOfSources(root, ['package.json', 'package-lock.json'])} ${process.platform} ${process.arch}`;
  if (isFresh(stamp, wanted())) return false;
  log('Installing dependencies (about a minute on a first run) …');
  const started = Date.now();
  await runInstall(root, log);
  writeStamp(stamp, wanted());
  log(`Dependencies installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  return true;
}
