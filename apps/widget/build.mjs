// Builds loader and panel into dist/widget and fails when one is over its budget (design 9).
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const here = import.meta.dirname;
const out = resolve(here, '../../dist/widget');

/** Largest sum of gzip bytes of the named files. */
export const BUDGETS = [
  { name: 'loader', files: ['loader.js'], limit: 3 * 1024 },
  { name: 'panel', files: ['panel.js', 'panel.css'], limit: 45 * 1024 },
];

export async function measure() {
  return Promise.all(
    BUDGETS.map(async ({ name, files, limit }) => {
      const sizes = await Promise.all(
        files.map(async (file) => gzipSync(await readFile(resolve(out, file)), { level: 9 }).length),
      );
      return { name, limit, size: sizes.reduce((sum, size) => sum + size, 0) };
    }),
  );
}

export async function buildWidget() {
  await rm(out, { recursive: true, force: true });
  await mkdir(resolve(out, 'demo'), { recursive: true });
  for (const part of ['loader', 'panel']) {
    process.env.WIDGET_PART = part;
    await build({ configFile: resolve(here, 'vite.config.ts'), logLevel: 'warn' });
  }
  for (const file of ['panel.html', 'old-browser.js']) await copyFile(resolve(here, file), resolve(out, file));
  for (const file of ['shop.html', 'shop.css', 'shop.js'])
    await copyFile(resolve(here, 'demo', file), resolve(out, 'demo', file));
  const measured = await measure();
  for (const { name, size, limit } of measured) console.log(`widget ${name}: ${size} bytes gzip, limit ${limit}`);
  const over = measured.filter(({ size, limit }) => size > limit);
  if (over.length > 0) {
    throw new Error(`Over budget: ${over.map(({ name, size, limit }) => `${name} ${size} > ${limit}`).join(', ')}`);
  }
}

if (import.meta.filename === resolve(process.argv[1] ?? '')) {
  buildWidget().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
