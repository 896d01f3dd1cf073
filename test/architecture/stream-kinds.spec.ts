import { expect, it } from 'vitest';
import { STREAM_KINDS } from '../../apps/chat/src/relay/stream-kinds.js';
import { loadProduct } from './product.js';

/** Says of which entry it speaks, and is none itself. */
const ABOUT_ENTRIES = ['chat.member-mentioned.v1'];

it('F-0301 every event that carries a revision reaches the other processes', async () => {
  const { stores } = await loadProduct();
  const events = stores.filter(({ store, name }) => store === 'event' && name.startsWith('chat.'));
  const numbered = events.filter(({ fields }) => 'revision' in fields).map(({ name }) => name);
  expect([...STREAM_KINDS, ...ABOUT_ENTRIES].sort()).toEqual([...numbered].sort());
});
