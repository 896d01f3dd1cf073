import { expect, it } from 'vitest';
import { outcomeOf } from './columns.js';

it('tests run where their need is met, are skipped where it is not, and fail there under CI', () => {
  const need = { name: 'a server', isMet: true };
  expect([outcomeOf(need, false), outcomeOf(need, true)]).toEqual(['run', 'run']);
  const lacking = { ...need, isMet: false };
  expect([outcomeOf(lacking, false), outcomeOf(lacking, true)]).toEqual(['skip', 'fail']);
});

it('a right that no set-up can bring is skipped everywhere', () => {
  const lacking = { name: 'a right', isMet: false, isOptional: true } as const;
  expect([outcomeOf(lacking, false), outcomeOf(lacking, true)]).toEqual(['skip', 'skip']);
});
