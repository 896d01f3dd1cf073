import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Puts a finished folder where the old one was, so that a running server never sees half a build. */
export function replaceFolder(from, to) {
  const old = `${from}.old`;
  mkdirSync(dirname(to), { recursive: true });
  if (existsSync(to)) renameSync(to, old);
  renameSync(from, to);
  rmSync(old, { recursive: true, force: true });
}

function compile(rspack, config) {
  return new Promise((resolve, reject) => {
    const compiler = rspack(config);
    compiler.run((error, stats) => {
      compiler.close(() => {
        if (error) return reject(error);
        if (stats.hasErrors()) return reject(new Error(stats.toString({ preset: 'errors-only', colors: false })));
        resolve(stats.toJson({ preset: 'none', warnings: true }).warnings.map((warning) => warning.message));
      });
    });
  });
}

/** Builds one backend app with rspack; the compiler is loaded only when something is stale. */
export async function buildBackend(root, target) {
  const { rspack } = await import('@rspack/core');
  const { backendConfig } = await import('../../rspack.config.mjs');
  const outputPath = join(root, 'dist', '.building', `${target.name}-${process.pid}`);
  rmSync(outputPath, { recursive: true, force: true });
  const warnings = await compile(rspack, backendConfig({ app: target.name, outputPath, root }));
  replaceFolder(outputPath, join(root, target.output));
  return warnings;
}
