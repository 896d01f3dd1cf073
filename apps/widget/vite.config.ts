import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

/** The panel speaks WebSocket and nothing else: the other transports of the library stay out of what visitors load. */
const webSocketAlone: Plugin = {
  name: 'websocket-alone',
  load: {
    filter: { id: /engine\.io-client[\\/]build[\\/]esm[\\/]transports[\\/]index\.js$/ },
    handler: () => "import { WS } from './websocket.js'; export const transports = { websocket: WS };",
  },
};

/** `WIDGET_PART=loader|panel`; each is one file without imports, because both are linked from pages with a strict CSP. */
export default defineConfig(() => {
  const part = process.env.WIDGET_PART === 'loader' ? 'loader' : 'panel';
  const entry = part === 'loader' ? 'src/loader/loader.ts' : 'src/panel/main.tsx';
  return {
    root,
    publicDir: false as const,
    plugins: [webSocketAlone],
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
        // Contracts only declare: of a module from which nothing is used, no constant that is worked out at its top
        // stays. The same of the transports that are only offered to others.
        treeshake: {
          moduleSideEffects: [
            { test: /[\\/]libs[\\/]contracts[\\/]/, sideEffects: false },
            { test: /[\\/]engine\.io-client[\\/]build[\\/]esm[\\/]transports[\\/]polling/, sideEffects: false },
          ],
        },
      },
    },
  };
});
