import { createLogger, logLines } from '@libs/logging';
import { Pii } from '@libs/privacy-core';
import { describe, expect, it } from 'vitest';

const VALUE = '13877665544';
const pii = () => new Pii(VALUE, 'customer-relations');

describe('an opened value in the application log', () => {
  it.each<[string, () => object]>([
    ['a field', () => ({ value: pii() })],
    ['deep inside', () => ({ a: { b: [pii()] } })],
    ['an error', () => ({ err: Object.assign(new Error('x'), { value: pii() }) })],
    ['the cause of an error', () => ({ err: new Error('x', { cause: pii() }) })],
  ])('P-1004 never appears: %s', (_where, fields) => {
    const { destination, lines } = logLines();
    const log = createLogger({ log: { level: 'trace' } }, { destination });
    try {
      log.info('test.value', fields() as never);
    } catch (error) {
      expect((error as Error).message).not.toContain(VALUE);
    }
    expect(lines.join()).not.toContain(VALUE);
  });
});
