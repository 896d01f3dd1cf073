import { join } from 'node:path';

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

/** Our own sources go into the bundle; everything from node_modules and Node itself stays outside, loaded when it is asked for. */
function outside({ request }, callback) {
  const ours = /^(\.|\/|@libs\/|[A-Za-z]:[\\/])/.test(request);
  return ours ? callback() : callback(null, `module-import ${request}`);
}

/** One backend app as one ES module with a source map; `dist/apps/<name>/main.js`. */
export function backendConfig({ app, outputPath, root = ROOT }) {
  return {
    name: app,
    context: root,
    mode: 'none',
    target: ['node20', 'es2022'],
    devtool: 'source-map',
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
      devtoolModuleFilenameTemplate: (info) => join(root, info.resourcePath.replace(/^\.\//, '')),
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
    },
    optimization: {
      minimize: false,
      nodeEnv: false,
      usedExports: true,
      providedExports: true,
      // Joined modules would rename classes of the same name, and Nest and TypeORM show class names.
      concatenateModules: false,
      sideEffects: false,
    },
    node: { __filename: false, __dirname: false },
    performance: false,
  };
}

/** For `nest build <app>` and `nest start <app>`; scripts/build.mjs calls backendConfig itself. */
export default function nestConfig(defaults) {
  const app = /apps[\\/]([^\\/]+)[\\/]src/.exec(String(defaults.entry))?.[1] ?? 'standalone';
  return { ...backendConfig({ app, outputPath: join(ROOT, 'dist', 'apps', app) }), plugins: defaults.plugins };
}
