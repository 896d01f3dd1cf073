import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { debianProgram, hasDebianPackages } from './debian-packages.mjs';
import { findProgram, lastLines, runCommand } from './run-command.mjs';

const SYSTEM_TABLES = [
  'mysql_system_tables.sql',
  'mysql_performance_tables.sql',
  'mysql_system_tables_data.sql',
  'maria_add_gis_sp_bootstrap.sql',
  'mysql_sys_schema.sql',
];

function shareFolder(baseDir) {
  const folders = ['mysql', 'mariadb', ''].map((name) => join(baseDir, 'share', name));
  const share = folders.find((folder) => existsSync(join(folder, SYSTEM_TABLES[0])));
  if (!share) throw new Error(`mariadbd below ${baseDir} lacks ${SYSTEM_TABLES[0]}; install mariadb-server-core whole`);
  return share;
}

/** Finds mariadbd on this machine or unpacks Debian's: `{ program, env, baseArgs, share }`. */
export async function findMariadb(log) {
  const program = findProgram('mariadbd', 'mysqld');
  if (!program && !hasDebianPackages())
    throw new Error('no Docker engine, no mariadbd on PATH, no APT to fetch it with');
  const found = program
    ? { program, env: process.env, baseDir: dirname(dirname(program)) }
    : await debianProgram({ packages: ['mariadb-server-core'], path: 'usr/sbin/mariadbd', log }).then((unpacked) => ({
        ...unpacked,
        baseDir: join(unpacked.root, 'usr'),
      }));
  const share = shareFolder(found.baseDir);
  const plugins = [join(found.baseDir, 'lib', 'mysql', 'plugin'), join(found.baseDir, 'lib', 'mariadb', 'plugin')];
  const baseArgs = [
    '--no-defaults',
    `--basedir=${found.baseDir}`,
    `--lc-messages-dir=${share}`,
    `--character-sets-dir=${join(share, 'charsets')}`,
    `--plugin-dir=${plugins.find(existsSync) ?? plugins[0]}`,
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  ];
  return { program: found.program, env: found.env, baseArgs, share };
}

function bootstrapSql(share) {
  const head = [
    'CREATE DATABASE IF NOT EXISTS mysql;',
    'USE mysql;',
    "SET @current_hostname = 'localhost', @auth_root_socket = NULL, @skip_auth_anonymous = 1;",
  ];
  return [...head, ...SYSTEM_TABLES.map((file) => readFileSync(join(share, file), 'utf8'))].join('\n');
}

/** A fresh data folder made once per server version; copying it is ten times faster than making it. */
async function templateFolder(binary, log) {
  const version = await runCommand(binary.program, [...binary.baseArgs, '--version'], { env: binary.env });
  const name = /Ver (\S+)/.exec(version.stdout)?.[1] ?? 'unknown';
  const template = join(cacheFolder('mariadb-template'), name);
  if (existsSync(join(template, 'mysql'))) return template;
  log(`MariaDB ${name}: making the system tables`);
  const work = `${template}.${process.pid}.partial`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true, mode: 0o700 });
  const options = ['--bootstrap', `--datadir=${work}`, '--log-warnings=0', '--innodb-log-file-size=32M'];
  const made = await runCommand(binary.program, [...binary.baseArgs, ...options], {
    env: binary.env,
    input: bootstrapSql(binary.share),
    timeoutMs: 180_000,
  });
  if (!made.ok) throw new Error(`MariaDB's system tables cannot be made: ${lastLines(made.stderr)}`);
  if (!existsSync(join(template, 'mysql'))) renameSync(work, template);
  rmSync(work, { recursive: true, force: true });
  return template;
}

/** Fills an empty data folder with the system tables; leaves a folder that already has them alone. */
export async function fillDataFolder(binary, dataDir, log) {
  if (existsSync(join(dataDir, 'mysql'))) return false;
  cpSync(await templateFolder(binary, log), dataDir, { recursive: true });
  return true;
}
