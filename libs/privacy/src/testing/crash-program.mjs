// `node crash-program.mjs <folder>`: joins crash-child.ts and our sources behind it to <folder>/main.js. A test starts a
// hundred children; each of them would resolve and strip every source again. Packages are required, which is quicker
// than reading their exports first.
import { join } from 'node:path';
import { rspack } from '@rspack/core';
import { backendConfig } from '../../../../rspack.config.mjs';

const OURS = /^(?:\.|\/|@libs\/)/;

const { argv } = process;
const program = backendConfig({ app: 'crash-child', outputPath: argv[2] });
const config = {
  ...program,
  devtool: 'inline-source-map',
  plugins: [],
  entry: { main: join(import.meta.dirname, 'crash-child.ts') },
  externals: [
    ({ request }, answer) => {
      if (OURS.test(request)) answer();
      else answer(null, `${request.startsWith('node:') ? 'module' : 'node-commonjs'} ${request}`);
    },
  ],
};

rspack(config, (error, stats) => {
  const problem = error ?? (stats.hasErrors() ? new Error(stats.toString({ all: false, errors: true })) : undefined);
  if (problem) throw problem;
});
