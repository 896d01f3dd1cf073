import type { ConversationSummary } from '@libs/contracts';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyAccess, applyErasure } from './access-news.js';

const row = (id: string, subjectId: string) => ({ id, subjectId }) as ConversationSummary;
const page = (...items: ConversationSummary[]) => ({ items, next: null });

describe('a person who was erased', () => {
  it('P-1307 leaves every list, card and open conversation of this page; others stay', () => {
    const client = new QueryClient();
    client.setQueryData(['conversations', 'all'], { pages: [page(row('a', 's'), row('b', 't'))], pageParams: [] });
    client.setQueryData(['count'], { views: { mine: 3 } });
    client.setQueryData(['conversation', 'd'], row('d', 's'));
    client.setQueryData(['conversation', 'e'], row('e', 't'));
    client.setQueryData(['contact', 's'], { fields: { name: 'Lin' } });
    client.setQueryData(['person-name', 's'], { face: 'masked', value: 'L**' });
    client.setQueryData(['contact-record', '1'], { subjectId: 's', fields: { name: 'Lin' } });

    expect([...applyErasure(client, 's')].sort()).toEqual(['a', 'd']);

    expect(client.getQueryData(['conversations', 'all'])).toMatchObject({ pages: [page(row('b', 't'))] });
    expect(client.getQueryData(['conversation', 'd'])).toBeUndefined();
    expect(client.getQueryData(['conversation', 'e'])).toEqual(row('e', 't'));
    expect(client.getQueryData(['contact', 's'])).toBeUndefined();
    expect(client.getQueryData(['contact-record', '1'])).toBeUndefined();
    expect(client.getQueryData(['person-name', 's'])).toBeUndefined();
  });
});

describe('a person who decided, or was linked with another or taken apart from one', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('P-0112 the card is asked for once more when every process knows, so that what was agreed to can be filled in', () => {
    const client = new QueryClient();
    client.setQueryData(['conversation', 'a'], row('a', 's'));
    const card = ['contact-record', '1'];
    const answer = () => client.setQueryData(card, { subjectId: 's' });
    const old = () => client.getQueryState(card)?.isInvalidated;
    answer();
    applyAccess(client, { conversationId: 'a', withheld: null });
    expect(old()).toBe(true);
    answer();
    expect(old()).toBe(false);
    vi.advanceTimersByTime(10_000);
    expect(old()).toBe(true);
  });

  it('F-0312 the history that stands beside is asked for again, and no other list', () => {
    const client = new QueryClient();
    const [history, another, list] = [{ view: 'all', person: 's' }, { view: 'all', person: 't' }, { view: 'mine' }];
    for (const wish of [history, another, list]) {
      client.setQueryData(['conversations', wish], { pages: [page(row('a', 's'))], pageParams: [] });
    }
    applyAccess(client, { conversationId: 'a', withheld: null });
    const old = (wish: object) => client.getQueryState(['conversations', wish])?.isInvalidated;
    expect([history, another, list].map(old)).toEqual([true, false, false]);
  });
});
