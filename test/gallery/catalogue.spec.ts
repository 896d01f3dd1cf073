import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMON } from './catalogue.js';
import { LEADING_ON, SCREENS } from './screens.js';

/** The routes of the console as its router says them; one that has nothing but its path shows the page above it. */
function routesOf(source: string): readonly string[] {
  const made = [...source.matchAll(/createRoute\(\{\s*getParentRoute: \(\) => (\w+),\s*path: '([^']+)'(?! \}\))/g)];
  return made.map(([, parent, path]) => (parent === 'root' ? path! : `/w/$slug${path}`));
}

describe('the catalogue of screens', () => {
  const routes = routesOf(readFileSync('apps/console/src/router.tsx', 'utf8'));

  it('has every route of the console, and none that is not there', () => {
    const known = [...SCREENS.map(({ route }) => route).filter((route) => route !== '*'), ...LEADING_ON];
    expect(routes.length).toBeGreaterThan(30);
    expect([...new Set(known)].sort()).toEqual(expect.arrayContaining([...routes].sort()));
    expect(known.filter((route) => !routes.includes(route))).toEqual([]);
  });

  it('a route that nobody catalogued is seen', () => {
    const source = `createRoute({\n  getParentRoute: () => workspace,\n  path: '/brand-new',`;
    expect(routesOf(source)).toEqual(['/w/$slug/brand-new']);
    const part = `createRoute({ getParentRoute: () => conversations, path: '/$view' }),`;
    expect(routesOf(part)).toEqual([]);
  });

  it('each screen has the states that every screen has, or says why not', () => {
    const lacking = SCREENS.flatMap(({ route, states, without }) =>
      COMMON.filter((one) => !states.some(({ name }) => name === one) && !without[one]).map((one) => `${route} ${one}`),
    );
    expect(lacking).toEqual([]);
    const pointless = SCREENS.flatMap(({ route, states, without }) =>
      states.filter(({ name }) => name in without).map(({ name }) => `${route} ${name}`),
    );
    expect(pointless).toEqual([]);
  });

  it('no state of a screen is there twice', () => {
    const names = SCREENS.flatMap(({ route, states }) => states.map(({ name }) => `${route} ${name}`));
    expect(names.length).toBe(new Set(names).size);
  });
});
