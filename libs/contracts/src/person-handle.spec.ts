import { describe, expect, it } from 'vitest';
import { personHandle } from './person-handle.js';

describe('the code of a person', () => {
  it('P-1004 is the end of the id, in capitals, and nothing else', () => {
    expect(personHandle('01926b7e-3c4d-7a11-8b2f-9d0e5c6f4f2a')).toBe('4F2A');
  });
});
