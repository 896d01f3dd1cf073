import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

/** `WIDGET_PART=loader|panel`; each is one file without imports, because both are linked from pages with a strict CSP. */
export default defineConfig(() => {
  const part = process.env.WIDGET_PART === 'loader' ? 'loader' : 'panel';
  const entry = part === 'loader' ? 'src/loader/loader.ts' : 'src/panel/main.tsx';
  return {
    root,
    publicDir: false as const,
    resolve: { alias: { '@libs/contracts': resolve(root, '../../libs/contracts/src/index.ts') } },
    oxc: { jsx: { runtime: 'automatic' as const, importSource: 'preact' } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2022',
      outDir: resolve(root, '../../dist/widget'),
      emptyOutDir: false,
      cssCodeSplit: false,
      modulePreload: false as const,
      lib: {
        entry: resolve(root, entry),
        formats: ['iife' as const],
        name: 'CustodiaWidget',
        fileName: () => `${part}.js`,
        cssFileName: 'panel',
      },
      // Library mode leaves whitespace and names alone unless the output itself is told to minify.
      rolldownOptions: {
        output: { minify: true },
        // Contracts only declare: of a module from which nothing is used, no constant that is worked out at its top stays.
        treeshake: { moduleSideEffects: [{ test: /[\\/]libs[\\/]contracts[\\/]/, sideEffects: false }] },
      },
    },
  };
});
