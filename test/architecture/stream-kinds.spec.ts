import { declaredStores } from '@libs/privacy-core';
import { expect, it } from 'vitest';
import '../../apps/chat/src/chat.stores.js';
import { STREAM_KINDS } from '../../apps/chat/src/relay/stream-kinds.js';

/** Says of which entry it speaks, and is none itself. */
const ABOUT_ENTRIES = ['chat.member-mentioned.v1'];

it('F-0301 every event that carries a revision reaches the other processes', () => {
  const events = declaredStores().filter(({ store, name }) => store === 'event' && name.startsWith('chat.'));
  const numbered = events.filter(({ fields }) => 'revision' in fields).map(({ name }) => name);
  expect([...STREAM_KINDS, ...ABOUT_ENTRIES].sort()).toEqual([...numbered].sort());
});
