import type { ConversationSummary } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { holdOrder } from './held-order.js';

const row = (id: string) => ({ id }) as ConversationSummary;
const held = (shown: string[], fresh: string[]) => {
  const { rows, waiting } = holdOrder(shown, fresh.map(row));
  return [rows.map((one) => one.id).join(''), waiting];
};

describe('holdOrder', () => {
  it('keeps the places of rows and counts newcomers', () => {
    expect(held(['a', 'b', 'c'], ['n', 'c', 'a', 'b'])).toEqual(['abc', 1]);
  });
  it('drops rows that left and appends a further page', () => {
    expect(held(['a', 'b', 'c'], ['a', 'c', 'd', 'e'])).toEqual(['acde', 0]);
  });
  it('shows everything when nothing was shown', () => {
    expect(held([], ['a', 'b'])).toEqual(['ab', 0]);
  });
});
