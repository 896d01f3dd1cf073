import { spawn } from 'node:child_process';

/** Builds a browser app in a process of its own; its output is shown only when it fails. */
export function buildFrontend(root, target) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' };
    const child = spawn(process.execPath, target.command, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes) => {
        output += bytes;
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve([]) : reject(new Error(output || `exit code ${code}`))));
  });
}
