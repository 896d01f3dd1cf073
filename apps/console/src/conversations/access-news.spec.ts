import type { ConversationSummary } from '@libs/contracts';
import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { applyErasure } from './access-news.js';

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
