import { describe, expect, it } from 'vitest';
import { renderDataMap } from './data-map.js';
import type { PersonalFacets } from './facets.js';
import { notPersonal, personal } from './facets.js';
import { undeclaredPaths } from './json-shape.js';
import { compileManifest, undeclared } from './manifest.js';
import { declarationsOf, JsonShape, NotPersonal, Personal } from './registry.js';
import { declareStore } from './store.js';

const email: PersonalFacets = {
  kind: 'contact.email',
  tier: 'T2',
  purposes: ['service-account'],
  store: { as: 'ciphertext', group: 'contact' },
  show: 'mask-email',
  log: 'never',
  export: 'include',
  erase: 'delete-row',
  retain: 'service-account',
  subject: 'id',
};

abstract class Row {
  @NotPersonal('random id')
  readonly id!: string;
}

class Login extends Row {
  @Personal(email)
  readonly email!: Buffer;

  @Personal({ ...email, store: { as: 'blind-index', of: 'email', epoch: 'fixed' }, show: 'hidden' })
  readonly emailIndex!: string;

  @JsonShape({
    'last.locale': notPersonal('a language'),
    'devices[].name': personal(email),
    '*.n': notPersonal('count'),
  })
  readonly settings!: unknown;
}

const table = {
  entity: Login,
  table: 'auth_login',
  columns: { id: 'id', email: 'email', emailIndex: 'email_index', settings: 'settings' },
};

describe('declarations', () => {
  it('are known with those of the base class', () => {
    expect([...declarationsOf(Login).keys()].sort()).toEqual(['email', 'emailIndex', 'id', 'settings']);
  });

  it('P-1009 do not compile without tier, erase, export or retain', () => {
    const { tier: _t, ...noTier } = email;
    const { erase: _e, ...noErase } = email;
    const { export: _x, ...noExport } = email;
    const { retain: _r, ...noRetain } = email;
    // @ts-expect-error erase has no default
    const one: PersonalFacets = noErase;
    // @ts-expect-error export has no default
    const two: PersonalFacets = noExport;
    // @ts-expect-error retain has no default
    const three: PersonalFacets = noRetain;
    // @ts-expect-error tier has no default
    const four: PersonalFacets = noTier;
    expect([one, two, three, four]).toHaveLength(4);
  });

  it('are refused twice and without a reason', () => {
    expect(() => NotPersonal(' ')).toThrow(TypeError);
    expect(() => NotPersonal('twice')(Login.prototype, 'email')).toThrow(TypeError);
  });

  it('compile to the same bytes in any order', () => {
    class Other extends Row {}
    const other = { entity: Other, table: 'a_table', columns: { id: 'id' } };
    const stores = [
      declareStore({ store: 'queue', name: 'jobs.x', fields: { b: notPersonal('an id'), a: notPersonal('an id') } }),
    ];
    const one = JSON.stringify(compileManifest([table, other], stores));
    expect(JSON.stringify(compileManifest([other, table], stores))).toBe(one);
    expect(one.indexOf('a_table')).toBeLessThan(one.indexOf('auth_login'));
  });
});

describe('the gate', () => {
  const manifest = compileManifest([table], []);

  it('P-0301 passes what is declared', () => {
    expect(undeclared({ auth_login: ['id', 'email', 'email_index', 'settings'] }, manifest)).toEqual([]);
  });

  it('P-0301 names undeclared columns and tables, and declarations without a column', () => {
    const problems = undeclared({ auth_login: ['id', 'email', 'settings', 'phone'], loose: ['x'] }, manifest);
    expect(problems.map(({ table: name, column }) => `${name}.${column}`)).toEqual([
      'auth_login.email_index',
      'auth_login.phone',
      'loose.x',
    ]);
  });

  it('P-0301 names declarations that cannot be true', () => {
    class Bad {
      @Personal({ ...email, store: { as: 'plain', why: ' ' }, log: 'allowed' })
      readonly plain!: string;
      @Personal({ ...email, store: { as: 'blind-index', of: 'nowhere', epoch: 'fixed' } })
      readonly index!: string;
    }
    const bad = compileManifest([{ entity: Bad, table: 'bad', columns: { plain: 'plain', index: 'index' } }], []);
    expect(undeclared({ bad: ['plain', 'index'] }, bad).map(({ problem }) => problem)).toEqual([
      'indexes "nowhere", which is not declared',
      'is T2 and stored as plain text',
      'is plain without a reason',
      'is T2 and allowed in the log',
    ]);
  });

  it('P-0301 closes JSON: paths that nobody declared are named', () => {
    const schema = {
      'last.locale': notPersonal('a language'),
      'devices[].name': personal(email),
      '*.n': notPersonal('count'),
    };
    expect(undeclaredPaths(schema, { last: { locale: 'en' }, devices: [{ name: 'x' }], any: { n: 1 } })).toEqual([]);
    expect(
      undeclaredPaths(schema, {
        last: { ip: 1 },
        devices: [{ name: 'x', os: 'y' }],
        any: { m: 1 },
        z: 1,
        e: {},
        f: [[]],
      }),
    ).toEqual(['*', '*.m', '*[]', 'devices[].os', 'last.ip']);
    expect(undeclaredPaths(schema, JSON.parse('{"__proto__":{"n":{"deep":1}}}'))).toEqual(['*.n.deep']);
  });
});

describe('the data map', () => {
  it('shows every place once', () => {
    const store = declareStore({ store: 'bucket-prefix', name: 'media/{tenant}/', fields: { body: personal(email) } });
    const page = renderDataMap(compileManifest([table], [store]));
    expect(page).toContain('## Table `auth_login`');
    expect(page).toContain('| `email` | contact.email | T2 | service-account | ciphertext, group contact |');
    expect(page).toContain('- `id`: not personal (random id)');
    expect(page).toContain('## bucket-prefix `media/{tenant}/`');
  });

  it('refuses one store with two descriptions', () => {
    expect(() => declareStore({ store: 'queue', name: 'jobs.x', fields: {} })).toThrow(TypeError);
  });
});
