import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { rspack } from '@rspack/core';

const ROOT = import.meta.dirname;

/** The transform of every backend file; vitest.config.ts uses the same, so that tests run what is built. */
export const swcOptions = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2022',
    keepClassNames: true,
  },
};

const OURS = /^(\.|\/|@libs\/|[A-Za-z]:[\\/])/;
/** Brings a binary (the first two), or reads files of its own folder: stays in node_modules. */
const STAYS_OUTSIDE = /^(libsql|@node-rs\/argon2|ioredis)$/;

/**
 * Our sources and what they import go into the bundle: a start that finds, reads and links two thousand files of packages
 * one by one takes twice the time. A package that is not there, which another one could do more with, is asked for when it
 * is used, as ever.
 */
function outside({ request, context, dependencyType, getResolve }, callback) {
  const required = dependencyType === 'commonjs';
  const leave = () => callback(null, `${required ? 'node-commonjs' : 'module-import'} ${request}`);
  if (isBuiltin(request) || STAYS_OUTSIDE.test(request)) return leave();
  if (OURS.test(request)) return callback();
  return getResolve()(context, request, (problem) => (problem ? leave() : callback()));
}

/** What Node itself would load of a package: tests import the packages themselves, and shall test what is built. */
const asNodeDoes = (kind) => ({ conditionNames: ['node', kind, 'default'], mainFields: ['main'] });

/** One backend app as one ES module with a source map; `dist/apps/<name>/main.js`. */
export function backendConfig({ app, outputPath, root = ROOT }) {
  return {
    name: app,
    context: root,
    mode: 'none',
    target: ['node20', 'es2022'],
    // Of our own files only, and without their text: with --enable-source-maps a start parses all of it.
    devtool: false,
    plugins: [
      new rspack.SourceMapDevToolPlugin({
        filename: '[file].map',
        test: /main\.js$/,
        noSources: true,
        moduleFilenameTemplate: (info) => join(root, info.resourcePath.replace(/^\.\//, '')),
      }),
    ],
    ignoreWarnings: [
      // Files of migrations and other databases (TypeORM), packages by a name that is not known (Nest): nothing we use.
      { module: /node_modules/, message: /request of a dependency is an expression/ },
    ],
    entry: { main: join(root, 'apps', app, 'src', 'main.ts') },
    output: {
      path: outputPath,
      filename: '[name].js',
      chunkFilename: '[name].js',
      module: true,
      library: { type: 'module' },
      chunkFormat: 'module',
      chunkLoading: 'import',
      workerChunkLoading: 'import',
    },
    experiments: { outputModule: true },
    externals: [outside],
    externalsType: 'module',
    module: {
      parser: {
        javascript: {
          // import.meta and new URL() mean the same here as when the sources run unbundled.
          importMeta: false,
          url: false,
          worker: ['Worker from node:worker_threads', '...'],
        },
      },
      rules: [
        {
          test: /\.ts$/,
          type: 'javascript/esm',
          use: [{ loader: 'builtin:swc-loader', options: { ...swcOptions, sourceMaps: true } }],
        },
      ],
    },
    resolve: {
      extensions: ['.ts', '.js'],
      extensionAlias: { '.js': ['.ts', '.js'], '.mjs': ['.mts', '.mjs'] },
      tsConfig: join(root, 'tsconfig.json'),
      byDependency: { esm: asNodeDoes('import'), commonjs: asNodeDoes('require') },
    },
    optimization: {
      minimize: false,
      nodeEnv: false,
      usedExports: true,
      providedExports: true,
      // Joined modules would rename classes of the same name, and Nest and TypeORM show class names.
      concatenateModules: false,
      sideEffects: false,
      splitChunks: {
        minSize: 0,
        cacheGroups: {
          default: false,
          defaultVendors: false,
          packages: { name: 'packages', test: /node_modules/, chunks: 'initial', enforce: true },
        },
      },
    },
    // Our sources have neither; a package that asks is told where the bundle lies.
    node: { __filename: 'node-module', __dirname: 'node-module' },
    performance: false,
  };
}

/** For `nest build <app>` and `nest start <app>`; scripts/build.mjs calls backendConfig itself. */
export default function nestConfig(defaults) {
  const app = /apps[\\/]([^\\/]+)[\\/]src/.exec(String(defaults.entry))?.[1] ?? 'standalone';
  const config = backendConfig({ app, outputPath: join(ROOT, 'dist', 'apps', app) });
  return { ...config, plugins: [...config.plugins, ...(defaults.plugins ?? [])] };
}
