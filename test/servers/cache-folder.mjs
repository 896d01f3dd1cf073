import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folder outside the tree for what is fetched or built once: `$XDG_CACHE_HOME/custodia` or `~/.cache/custodia`. */
export function cacheFolder(...parts) {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(base, 'custodia', ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}
