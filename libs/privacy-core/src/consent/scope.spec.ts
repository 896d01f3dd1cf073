import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../declaration/facets.js';
import { FIELDS } from '../register/fields.js';
import { EVERY_SCOPE, forSeeds, type Seeded } from '../testing/seeded.js';
import { fieldScope, guardianScope, parseScope, purposeScope, type ScopeParts } from './scope.js';

const OUTSIDE = FIELDS.flatMap(({ code }) => [`publish/${code}`]).concat('provide/acme', 'abroad/cloud-2');

function printed(parts: ScopeParts): string {
  if (parts.about === 'purpose') return purposeScope(parts.purpose);
  if (parts.about === 'guardian') return guardianScope(parts.purpose);
  if (parts.about === 'field') return fieldScope(parts, { field: parts.field, consent: 'own' });
  if (parts.about === 'sensitive') return fieldScope(parts, { field: parts.field, consent: 'separate' });
  return `${parts.about}/${'field' in parts ? parts.field : parts.recipient}`;
}

const JUNK: readonly unknown[] = [
  '',
  '/',
  '//',
  'purpose',
  'purpose/',
  '/marketing',
  'purpose//marketing',
  'purpose/marketing/',
  ' purpose/marketing',
  'purpose/marketing\n',
  'purpose/marketing ',
  'Purpose/marketing',
  'purpose/Marketing',
  'purpose/*',
  'purpose/all',
  '*',
  'purpose/__proto__',
  'purpose/constructor',
  'purpose/toString',
  '__proto__/marketing',
  'constructor/marketing',
  'field/marketing/__proto__',
  'field/marketing/constructor',
  'field/hasOwnProperty/contact.name',
  'publish/valueOf',
  'field/marketing',
  'sensitive/contact.name',
  'sensitive/marketing',
  'guardian/marketing/contact.name',
  'purpose/marketing/contact.name',
  'publish/marketing',
  'provide/',
  'provide/Acme',
  'provide/-acme',
  'provide/a b',
  `provide/${'a'.repeat(41)}`,
  'provide/acme/contact.name',
  'abroad/acme,other',
  'purpose/mаrketing',
  'ｐurpose/marketing',
  'purpose／marketing',
  'purpose∕marketing',
  'purpose/marke\u200Dting',
  'purpose/marketing\u0000',
  'purpose/ma\u0301rketing',
  'a'.repeat(10_000),
  `purpose/${'a'.repeat(10_000)}`,
  '/'.repeat(10_000),
  `purpose/marketing${'/x'.repeat(5000)}`,
  null,
  undefined,
  0,
  1,
  true,
  Number.NaN,
  [],
  ['purpose/marketing'],
  {},
  { toString: () => 'purpose/marketing' },
  new String('purpose/marketing'),
  Symbol('purpose/marketing'),
  () => 'purpose/marketing',
];

describe('a scope', () => {
  it('P-0105 of every purpose and field comes out of its parts as it went in', () => {
    expect(EVERY_SCOPE.length).toBe(PURPOSES.length * (2 + 2 * FIELDS.length));
    for (const scope of [...EVERY_SCOPE, ...OUTSIDE]) {
      const parts = parseScope(scope);
      expect(parts, scope).toBeDefined();
      expect(printed(parts!)).toBe(scope);
    }
  });

  it('P-0402 P-0903 ordinary, separate and guardian consents are different words', () => {
    const abouts = (type: string) => {
      const scopes = [...EVERY_SCOPE, ...OUTSIDE].filter((scope) => parseScope(scope)!.type === type);
      return [...new Set(scopes.map((scope) => scope.split('/')[0]))].sort();
    };
    expect(abouts('ordinary')).toEqual(['field', 'purpose']);
    expect(abouts('separate')).toEqual(['abroad', 'provide', 'publish', 'sensitive']);
    expect(abouts('guardian')).toEqual(['guardian']);
  });

  it('P-0102 is not made of junk, look-alikes, names of prototypes or very long text', () => {
    for (const junk of JUNK) expect(parseScope(junk), String(junk).slice(0, 60)).toBeUndefined();
  });

  it('P-0105 never names two things, however they are joined', () => {
    for (const glue of [',', ';', ' ', '\n', '|', '+', '&', '/', '\t', '%2C', '、', '，']) {
      expect(parseScope(`purpose/marketing${glue}purpose/customer-relations`)).toBeUndefined();
      expect(parseScope(`field/marketing/contact.name${glue}contact.mobile`)).toBeUndefined();
    }
  });

  it('P-0102 with anything changed in it is another scope or none', () => {
    const mutated = (seeded: Seeded, scope: string) => {
      const place = seeded.below(scope.length);
      return scope.slice(0, place) + seeded.text(2) + scope.slice(place + seeded.below(2));
    };
    forSeeds(2000, (seeded) => {
      const scope = mutated(seeded, seeded.pick(EVERY_SCOPE));
      const parts = parseScope(scope);
      if (parts) expect(printed(parts)).toBe(scope);
    });
  });
});
