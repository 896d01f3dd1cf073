import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { faceFor } from './face.js';
import { Pii } from './pii.js';

const VALUE = '13812341234';
const pii = () => new Pii(VALUE, 'customer-relations');

/** Everything that any way of writing leaves behind: its result, or the text of its error. */
function written(way: () => unknown): string {
  try {
    const result = way();
    return typeof result === 'string' ? result : inspect(result, { showHidden: true, depth: null });
  } catch (error) {
    return inspect(error, { depth: null });
  }
}

describe('an opened personal value', () => {
  it('P-0301 is revealed for the purpose it was opened for, and for no other', () => {
    expect(pii().reveal('customer-relations')).toBe(VALUE);
    expect(() => pii().reveal('marketing')).toThrow(expect.objectContaining({ code: 'privacy.purpose-differs' }));
    expect(() => pii().reveal(undefined as never)).toThrow();
  });

  it.each<[string, (value: Pii<string>) => unknown]>([
    ['a template', (value) => `${value as unknown as string}`],
    ['String()', String],
    ['adding to text', (value) => ''.concat(value as unknown as string)],
    ['Number()', Number],
    ['comparing', (value) => (value as unknown as string) > VALUE],
    ['JSON', JSON.stringify],
    ['JSON of an object', (value) => JSON.stringify({ deep: [{ value }] })],
    ['join', (value) => [value].join()],
    ['a key', (value) => ({ [value as unknown as string]: 1 })],
    ['new Error', (value) => new Error(value as unknown as string)],
    ['URLSearchParams', (value) => new URLSearchParams({ value: value as unknown as string })],
    ['localeString', (value) => value.toLocaleString()],
  ])('P-1004 cannot become text by %s', (_way, write) => {
    expect(() => write(pii())).toThrow(/personal value/);
    expect(written(() => write(pii()))).not.toContain(VALUE);
  });

  it.each<[string, (value: Pii<string>) => unknown]>([
    ['inspect', (value) => inspect(value, { showHidden: true, depth: null, getters: true })],
    ['inspect without our word', (value) => inspect(value, { customInspect: false, showHidden: true, getters: true })],
    ['format', (value) => format('%o %O %j', value, { value }, 1)],
    ['format as text', (value) => format('%s', value)],
    ['spreading', (value) => ({ ...value })],
    ['assign', (value) => Object.assign({}, value)],
    ['entries', (value) => [Object.entries(value), Object.getOwnPropertyNames(value), Reflect.ownKeys(value)]],
    ['structuredClone', (value) => structuredClone(value)],
    ['a clone inside', (value) => structuredClone({ value: [value] })],
    ['a proxy', (value) => new Proxy(value, {}).reveal('customer-relations')],
    ['an heir', (value) => (Object.create(value) as Pii<string>).reveal('customer-relations')],
    ['an error that carries it', (value) => Object.assign(new Error('x'), { value })],
  ])('P-1004 shows nothing by %s', (_way, write) => {
    expect(written(() => write(pii()))).not.toContain(VALUE);
  });
});

describe('the face of a value', () => {
  const open = { allowed: true, basis: 'L-CONSENT' } as const;

  it('P-1004 P-1006 without a ground no role sees anything', () => {
    for (const visibility of ['plain', 'masked', 'none'] as const) {
      const face = faceFor({ allowed: false, reason: 'withdrawn', scope: 'purpose/customer-relations' }, visibility);
      expect(face).toEqual({ face: 'withheld', reason: 'withdrawn' });
    }
  });

  it('P-1004 with one each role sees what the policy says', () => {
    expect(faceFor(open, 'plain')).toEqual({ face: 'plain' });
    expect(faceFor(open, 'masked')).toEqual({ face: 'masked' });
    expect(faceFor(open, 'none')).toEqual({ face: 'no-permission' });
  });
});
