import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const BUILD_FILES = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs', 'scripts/build'];
const BROWSER_LIBRARIES = ['contracts', 'kernel', 'api-client', 'privacy-core'].map((name) => `libs/${name}`);

function backendApps(root) {
  return readdirSync(join(root, 'apps'))
    .filter((name) => existsSync(join(root, 'apps', name, 'src', 'main.ts')))
    .filter((name) => !frontendCommand(root, name));
}

/** How a browser app is built: its own build.mjs where it needs more than one pass, else Vite. */
function frontendCommand(root, name) {
  const folder = join('apps', name);
  if (existsSync(join(root, folder, 'build.mjs'))) return [join(folder, 'build.mjs')];
  if (!existsSync(join(root, folder, 'vite.config.ts'))) return undefined;
  return [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '-c', join(folder, 'vite.config.ts')];
}

function backendTarget(root, name) {
  const apps = name === 'standalone' ? backendApps(root) : [name];
  const inputs = [...apps.map((app) => `apps/${app}/src`), 'libs', 'rspack.config.mjs', ...BUILD_FILES];
  return { name, kind: 'backend', inputs, output: `dist/apps/${name}`, proof: `dist/apps/${name}/main.js` };
}

function frontendTarget(root, name) {
  const inputs = [`apps/${name}`, ...BROWSER_LIBRARIES, ...BUILD_FILES];
  return {
    name,
    kind: 'frontend',
    inputs,
    output: `dist/${name}`,
    proof: `dist/${name}`,
    command: frontendCommand(root, name),
  };
}

/** Everything that can be built, found by its entry file: backend apps with a main.ts, browser apps with a build. */
export function findTargets(root) {
  const frontends = ['console', 'widget'].filter((name) => frontendCommand(root, name));
  return [
    ...backendApps(root).map((name) => backendTarget(root, name)),
    ...frontends.map((name) => frontendTarget(root, name)),
  ];
}

/** The targets named in `only` (all of them when it is empty); an unknown name is an error that lists the known ones. */
export function chooseTargets(targets, only) {
  const unknown = only.filter((name) => !targets.some((target) => target.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No such build target: ${unknown.join(', ')}. There are: ${targets.map(({ name }) => name).join(', ')}`,
    );
  }
  return only.length === 0 ? targets : targets.filter(({ name }) => only.includes(name));
}
