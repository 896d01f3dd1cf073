import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const IGNORED = new Set(['node_modules', 'dist', 'coverage', '.cache', '.vite']);
const TEST_FILE = /[.-]spec\.[cm]?tsx?$/;

function filesBelow(root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return TEST_FILE.test(path) ? [] : [path];
  return readdirSync(full)
    .filter((name) => !IGNORED.has(name))
    .flatMap((name) => filesBelow(root, `${path}/${name}`));
}

/** A hash over names and contents of all files below `inputs`; tests do not count, absent inputs are empty. */
export function hashOfSources(root, inputs) {
  const hash = createHash('sha256');
  const files = [...new Set(inputs.flatMap((input) => filesBelow(root, input)))].sort();
  for (const file of files) {
    hash.update(`${file}\0`);
    hash.update(
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest(),
    );
  }
  return hash.digest('hex');
}

/** True when the stamp holds this hash. */
export function isFresh(stampFile, hash) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === hash;
}

/** Remembers the hash of what was just made. */
export function writeStamp(stampFile, hash) {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${hash}\n`);
}
