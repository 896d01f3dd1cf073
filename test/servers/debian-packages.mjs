import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { findProgram, lastLines, runCommand } from './run-command.mjs';

/** These belong to the running system: another copy of them beside the system's loader crashes. */
const NEVER_UNPACK = new Set(['libc6', 'libc-bin', 'libgcc-s1', 'libstdc++6', 'gcc-12-base', 'debconf', 'dpkg']);

/** APT works on one set of lists at a time. */
let aptQueue = Promise.resolve();

/** Runs `work` when no other work of this process uses APT. */
export function withApt(work) {
  const done = aptQueue.then(work);
  aptQueue = done.catch(() => {});
  return done;
}

/** True where Debian packages can be fetched and unpacked. */
export function hasDebianPackages() {
  return findProgram('apt-get') !== undefined && findProgram('dpkg-deb') !== undefined;
}

function systemName() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const field = (name) => new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(release)?.[1];
  return `${field('ID') ?? 'linux'}-${field('VERSION_CODENAME') ?? field('VERSION_ID') ?? 'any'}-${process.arch}`;
}

/** Lists of our own, so that neither root nor a change of the system is needed when its lists are empty or old. */
function ownLists() {
  const state = cacheFolder('apt', systemName());
  mkdirSync(join(state, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(state, 'cache', 'archives', 'partial'), { recursive: true });
  return ['-o', `Dir::State::Lists=${join(state, 'lists')}`, '-o', `Dir::Cache=${join(state, 'cache')}`];
}

async function apt(args, cwd) {
  // The download user of APT may not write into a private cache folder.
  const options = ['-q', '-o', 'APT::Sandbox::User=root', '-o', 'Acquire::Retries=3'];
  return runCommand('apt-get', [...options, ...args], {
    cwd,
    env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: 600_000,
  });
}

/** What would have to be installed for `names`: the packages and their missing libraries. */
async function missingPackages(names, lists) {
  const plan = await apt([...lists, '-s', '-o', 'Debug::NoLocking=1', 'install', '--no-install-recommends', ...names]);
  if (!plan.ok) return { ok: false, reason: lastLines(plan.stderr, 3) };
  const found = [...plan.stdout.matchAll(/^Inst (\S+) (?:\[[^\]]*\] )?\((\S+)/gm)];
  return { ok: true, packages: found.filter(([, name]) => !NEVER_UNPACK.has(name)).map(([, n, v]) => `${n}=${v}`) };
}

async function downloadAll({ names, whole }, folder, lists) {
  const plan = await missingPackages(names, lists);
  if (!plan.ok) return plan;
  const there = names.filter((name) => whole && !plan.packages.some((one) => one.startsWith(`${name}=`)));
  const download = await apt([...lists, 'download', ...there, ...plan.packages], folder);
  return download.ok ? { ok: true } : { ok: false, reason: lastLines(download.stderr, 3) };
}

async function fetchAndUnpack(wanted, target) {
  const work = `${target}.${process.pid}.partial`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, 'debs'), { recursive: true });
  let fetched = await downloadAll(wanted, join(work, 'debs'), []);
  if (!fetched.ok) {
    const update = await apt([...ownLists(), 'update']);
    if (!update.ok) throw new Error(`Debian's package lists cannot be fetched: ${lastLines(update.stderr, 3)}`);
    fetched = await downloadAll(wanted, join(work, 'debs'), ownLists());
  }
  if (!fetched.ok) throw new Error(`Debian packages ${wanted.names.join(', ')} cannot be fetched: ${fetched.reason}`);
  for (const file of readdirSync(join(work, 'debs'))) {
    const unpacked = await runCommand('dpkg-deb', ['-x', join(work, 'debs', file), join(work, 'root')]);
    if (!unpacked.ok) throw new Error(`${file} cannot be unpacked: ${lastLines(unpacked.stderr, 3)}`);
  }
  rmSync(target, { recursive: true, force: true });
  renameSync(join(work, 'root'), target);
  rmSync(work, { recursive: true, force: true });
}

function libraryPath(root) {
  const folders = [join(root, 'usr', 'lib'), join(root, 'lib')].filter(existsSync);
  const perMachine = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.includes('-linux-'))
      .map((name) => join(folder, name)),
  );
  return [...perMachine, ...folders, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
}

async function runs(program, asks, env) {
  return existsSync(program) && (await runCommand(program, [asks], { env })).ok;
}

/**
 * A program from Debian packages unpacked below the cache folder; nothing is installed on the system.
 * `asks` is the option with which the program says its version; `whole` unpacks the named packages also where the system
 * has them, because they must lie beside each other. Gives `{ program, root, env }`; throws with the reason when it cannot be had.
 */
export async function debianProgram({ packages, path, asks = '--version', whole = false, log }) {
  const root = cacheFolder('debian', systemName()).concat(`/${packages[0]}`);
  const program = join(root, path);
  const environment = () => ({ ...process.env, LD_LIBRARY_PATH: libraryPath(root) });
  if (await runs(program, asks, environment())) return { program, root, env: environment() };
  await withApt(async () => {
    log(`fetching ${packages.join(', ')} from Debian into ${root}`);
    await fetchAndUnpack({ names: packages, whole }, root);
  });
  const answer = await runCommand(program, [asks], { env: environment() });
  if (!answer.ok) throw new Error(`${program} does not run: ${lastLines(answer.stderr, 3)}`);
  return { program, root, env: environment() };
}

/** Where a program unpacked earlier lies; undefined where it was not. */
export function unpackedProgram({ packages, path }) {
  const program = join(cacheFolder('debian', systemName()), packages[0], path);
  return existsSync(program) ? program : undefined;
}
