import { existsSync } from 'node:fs';
import { debianProgram, hasDebianPackages, unpackedProgram, withApt } from './debian-packages.mjs';
import { findProgram, lastLines, runCommand } from './run-command.mjs';

const PACKAGES = ['chromium', 'fonts-noto-cjk'];
const COMMAND = `apt-get install -y --no-install-recommends ${PACKAGES.join(' ')}`;

/** Path of a Chromium on this machine: CHROMIUM_PATH or one on PATH, else undefined. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return existsSync(given) ? given : undefined;
  return findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
}

/**
 * Chromium for the browser journeys: found, or installed with APT when we are root (the only thing ever installed).
 * Gives `{ path }` or `{ problem }` with the command to type.
 */
export async function provideChromium({ log = () => {} } = {}) {
  const found = findChromium();
  if (found) return { path: found };
  const wayOut = `Install it with: sudo ${COMMAND} (or set CHROMIUM_PATH)`;
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) return { problem: `Chromium is missing. ${wayOut}` };
  log(`chromium: ${COMMAND}`);
  return withApt(async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = () => runCommand('apt-get', COMMAND.split(' ').slice(1), { env, timeoutMs: 900_000 });
    let installed = await install();
    if (!installed.ok) {
      await runCommand('apt-get', ['update', '-q'], { env, timeoutMs: 300_000 });
      installed = await install();
    }
    const path = findChromium();
    return path ? { path } : { problem: `Chromium cannot be installed: ${lastLines(installed.stderr, 2)}. ${wayOut}` };
  });
}

/** What lies beside the program in Debian's package: words, tables of characters, the engine's first memory. */
const SHELL = {
  packages: ['chromium-headless-shell', 'chromium-common'],
  path: 'usr/lib/chromium/chromium-headless-shell',
};
/** Anything that is drawn: its libraries are those of the Chromium beside it, without which it is of no use. */
const DRAWS = ['--no-sandbox', '--disable-gpu', '--dump-dom', 'about:blank'];

/** The headless shell that is here already: CHROMIUM_SHELL_PATH (empty for none) or the one unpacked earlier. */
export function knownHeadlessShell() {
  const path = process.env.CHROMIUM_SHELL_PATH ?? unpackedProgram(SHELL);
  return path && existsSync(path) ? path : undefined;
}

/**
 * Path of the same engine without the window around it (tabs, menus, pages of their own), which does a third less for
 * each page that is loaded: found, or unpacked beside the databases' programs. Undefined where it cannot be had; then
 * Chromium does its part.
 */
export async function provideHeadlessShell({ log = () => {} } = {}) {
  const known = knownHeadlessShell();
  if (process.env.CHROMIUM_SHELL_PATH !== undefined || !(known || hasDebianPackages())) return known;
  try {
    const { program } = await debianProgram({ ...SHELL, whole: true, log });
    const drawn = await runCommand(program, DRAWS, { timeoutMs: 60_000 });
    if (drawn.ok && drawn.stdout.includes('<body>')) return program;
    log(`headless shell does not run: ${lastLines(drawn.stderr, 2)}`);
  } catch (error) {
    log(`headless shell: ${error.message}`);
  }
  return undefined;
}
