import { existsSync } from 'node:fs';
import { withApt } from './debian-packages.mjs';
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
