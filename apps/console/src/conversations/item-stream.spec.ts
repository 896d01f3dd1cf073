import type { AgentItem } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { ItemStream } from './item-stream.js';

function message(revision: number, seq: number | null = revision): AgentItem {
  const author = { kind: 'visitor', id: null, name: null } as const;
  return {
    conversationId: 'c',
    revision,
    seq,
    at: revision,
    author,
    kind: 'message',
    text: `t${revision}`,
    sender: 's',
    number: revision,
  };
}
const revisions = (stream: ItemStream) => stream.items.map((item) => item.revision);

describe('ItemStream', () => {
  it('shows live items in order of revision and reports a gap instead of showing behind it', () => {
    const stream = new ItemStream();
    stream.start([message(1), message(2)]);
    expect(stream.accept(message(3))).toBe('shown');
    expect(stream.accept(message(5))).toBe('gap');
    expect(revisions(stream)).toEqual([1, 2, 3]);
    expect(stream.accept(message(4))).toBe('shown');
    expect(revisions(stream)).toEqual([1, 2, 3, 4, 5]);
    expect(stream.upTo).toBe(5);
  });

  it('lets a sync close numbers that were superseded', () => {
    const stream = new ItemStream();
    stream.start([message(1)]);
    stream.accept(message(4));
    expect(stream.close([message(2)], 3)).toBe('shown');
    expect(revisions(stream)).toEqual([1, 2, 4]);
    expect(stream.upTo).toBe(4);
  });

  it('keeps what arrives before the first page', () => {
    const stream = new ItemStream();
    expect(stream.accept(message(3))).toBe('gap');
    stream.start([message(1), message(2)]);
    expect(revisions(stream)).toEqual([1, 2, 3]);
  });

  it('shows an item that comes twice once', () => {
    const stream = new ItemStream();
    stream.start([message(1)]);
    stream.accept(message(2));
    stream.accept(message(2));
    stream.close([message(2)], 2);
    expect(revisions(stream)).toEqual([1, 2]);
  });

  it('puts older history in front without moving upTo', () => {
    const stream = new ItemStream();
    stream.start([message(8), message(9)]);
    stream.prepend([message(6), message(7)]);
    expect(revisions(stream)).toEqual([6, 7, 8, 9]);
    expect([stream.oldest, stream.upTo]).toEqual([6, 9]);
  });

  it('forgets the text of what was erased', () => {
    const stream = new ItemStream();
    stream.start([message(1), message(2)]);
    const author = { kind: 'agent', id: null, name: null } as const;
    stream.accept({ conversationId: 'c', revision: 3, seq: 1, at: 3, author, kind: 'erased' });
    expect(stream.items.map((item) => item.kind)).toEqual(['message', 'erased']);
  });
});
