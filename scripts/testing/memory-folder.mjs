import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../setup/folder.mjs';

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';
/** A run leaves a fraction of this in it at a time; what it takes is missing to databases and browsers. */
const ROOM = 6 * 2 ** 30;
const SPARE = 10 * 2 ** 30;

function memoryAvailable() {
  const [, kilobytes] = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8')) ?? [];
  return Number(kilobytes ?? 0) * 1024;
}

/** What a run that was killed has left behind. */
function removeAbandoned(parent) {
  for (const name of readdirSync(parent)) {
    const [, pid] = /^custodia-tests-(\d+)-/.exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

/**
 * A folder in memory for the stores of tests, removed when this process ends; undefined on a machine without the room.
 * Every commit of the product waits for the disk, in thousands of short tests that ask what is stored and not how
 * durably. Those about a killed process or server keep their stores on the disk.
 */
export function memoryFolder({ parent = IN_MEMORY, room = ROOM, spare = SPARE } = {}) {
  if (!existsSync(parent) || !existsSync('/proc/meminfo')) return undefined;
  removeAbandoned(parent);
  const { bavail, bsize } = statfsSync(parent);
  if (bavail * bsize < room || memoryAvailable() < spare) return undefined;
  const folder = mkdtempSync(join(parent, `custodia-tests-${process.pid}-`));
  process.once('exit', () => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Something that is being killed still writes there; the next run removes the rest.
    }
  });
  return folder;
}
