import { describe, expect, it, vi } from 'vitest';
import { KeyBook, type KeyPress, type Keys } from './key-book.js';
import { ariaKeys, keyName, keyText } from './key-names.js';

const STROKE: KeyPress = {
  ...{ key: 'e', code: 'KeyE', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false },
  ...{ repeat: false, composing: false, typing: false, pressable: false, behind: false },
};

function bookWith(
  keys: Keys,
  apple = false,
): { book: KeyBook; press(stroke: Partial<KeyPress>, at?: number): boolean } {
  const book = new KeyBook(apple);
  book.add('here').set(keys);
  return { book, press: (stroke, at = 0) => book.press({ ...STROKE, code: '', ...stroke }, at) };
}

describe('keys', () => {
  it('tells a letter from the same with Shift, and heeds no Caps Lock', () => {
    const [resolve, andNext] = [vi.fn(), vi.fn()];
    const { press } = bookWith({ e: resolve, 'Shift+E': andNext });
    press({ key: 'e' });
    press({ key: 'E' });
    expect([resolve.mock.calls.length, andNext.mock.calls.length]).toEqual([2, 0]);
    expect(press({ key: 'E', shiftKey: true })).toBe(true);
    expect([resolve.mock.calls.length, andNext.mock.calls.length]).toEqual([2, 1]);
  });

  it('reads `?` however it is typed, and a letter of another script from its place', () => {
    const [list, take] = [vi.fn(), vi.fn()];
    const { press } = bookWith({ '?': list, M: take });
    press({ key: '?', shiftKey: true });
    press({ key: '?' });
    press({ key: 'ь', code: 'KeyM' });
    expect([list.mock.calls.length, take.mock.calls.length]).toEqual([2, 1]);
  });

  it.each([
    ['an input method composes', { composing: true }],
    ['a field has focus', { typing: true }],
    ['a dialog is open', { behind: true }],
    ['the browser means it', { ctrlKey: true }],
    ['the system means it', { metaKey: true }],
    ['a menu means it', { altKey: true }],
  ])('does nothing while %s', (_why, stroke) => {
    const run = vi.fn();
    const { press } = bookWith({ e: run, 'G C': run });
    expect(press(stroke)).toBe(false);
    expect(run).not.toHaveBeenCalled();
  });

  it('opens the palette from a field by Ctrl, on Apple by the command key, never while composing', () => {
    const run = vi.fn();
    const k = { key: 'k', code: 'KeyK', typing: true };
    const { press } = bookWith({ 'Mod+K': run });
    expect(press({ ...k, ctrlKey: true })).toBe(true);
    expect(press({ ...k, ctrlKey: true, composing: true })).toBe(false);
    expect(press({ ...k, ctrlKey: true, altKey: true })).toBe(false);
    const apple = bookWith({ 'Mod+K': run }, true);
    expect(apple.press({ ...k, metaKey: true })).toBe(true);
    // Ctrl+K deletes to the end of the line there.
    expect(apple.press({ ...k, ctrlKey: true })).toBe(false);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('F-0303 goes on to the next region from a field too: no text is made of that key', () => {
    const run = vi.fn();
    const { press } = bookWith({ F6: run, 'Shift+F6': run });
    expect(press({ key: 'F6', code: 'F6', typing: true })).toBe(true);
    expect(press({ key: 'F6', code: 'F6', typing: true, shiftKey: true })).toBe(true);
    expect(press({ key: 'F6', code: 'F6', typing: true, behind: true })).toBe(false);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('follows one key after the other, and forgets the first after a while or after another key', () => {
    const [go, next] = [vi.fn(), vi.fn()];
    const { press } = bookWith({ 'G C': go, J: next });
    expect(press({ key: 'g' }, 0)).toBe(true);
    expect(press({ key: 'c' }, 500)).toBe(true);
    expect(go).toHaveBeenCalledTimes(1);
    press({ key: 'g' }, 1_000);
    expect(press({ key: 'c' }, 9_000)).toBe(false);
    press({ key: 'g' }, 10_000);
    press({ key: 'j' }, 10_100);
    expect(press({ key: 'c' }, 10_200)).toBe(false);
    expect([go.mock.calls.length, next.mock.calls.length]).toEqual([1, 1]);
  });

  it('keeps only keys with Ctrl and named keys when letters are switched off', () => {
    const run = vi.fn(() => undefined);
    const { book, press } = bookWith({ e: run, 'Shift+E': run, 'G C': run, '?': run, 'Mod+K': run, Escape: run });
    book.singleKeys.set(false);
    expect([press({ key: 'e' }), press({ key: 'E', shiftKey: true }), press({ key: '?' })]).toEqual([
      false,
      false,
      false,
    ]);
    expect([press({ key: 'g' }), press({ key: 'c' })]).toEqual([false, false]);
    expect([press({ key: 'k', ctrlKey: true }), press({ key: 'Escape' })]).toEqual([true, true]);
  });

  it('leaves Enter to the focused link, and a key to the browser whose act has nothing to do', () => {
    const open = vi.fn();
    const { press } = bookWith({ Enter: open, Escape: vi.fn(() => false) });
    expect(press({ key: 'Enter', pressable: true })).toBe(false);
    expect(press({ key: 'Escape' })).toBe(false);
    expect(press({ key: 'Enter' })).toBe(true);
  });

  it('a held key moves on but acts once', () => {
    const [move, act] = [vi.fn(), vi.fn()];
    const { press } = bookWith({ j: { run: move, does: 'Next', moves: true }, e: { run: act, does: 'Resolve' } });
    for (const repeat of [false, true, true]) {
      press({ key: 'j', repeat });
      press({ key: 'e', repeat });
    }
    expect([move.mock.calls.length, act.mock.calls.length]).toEqual([3, 1]);
  });

  it('lists what the open place offers, and a page wins over what works everywhere', () => {
    const book = new KeyBook(false);
    const everywhere = book.add('everywhere');
    const here = book.add('here');
    everywhere.set({ '/': { run: vi.fn(), does: 'Search' }, '?': { run: vi.fn(), does: 'Keys' } });
    here.set({ '/': { run: vi.fn(), does: 'Search contacts' }, e: undefined, x: vi.fn() });
    expect(book.listed().map(({ key, does }) => `${key} ${does}`)).toEqual(['/ Search contacts', '? Keys']);
    here.remove();
    expect(book.listed().map(({ does }) => does)).toEqual(['Search', 'Keys']);
  });
});

describe('names of keys', () => {
  it('are said to a reader and to the eye', () => {
    expect([keyName('e'), keyName('g c'), keyName('Shift+e'), keyName('Escape')]).toEqual([
      'E',
      'G C',
      'Shift+E',
      'Escape',
    ]);
    expect([ariaKeys('Mod+K', false), ariaKeys('Mod+K', true), ariaKeys('G C', true)]).toEqual([
      'Control+K',
      'Meta+K',
      undefined,
    ]);
    expect([keyText('Mod+K', false), keyText('Mod+K', true), keyText('G C', false)]).toEqual(['Ctrl+K', '⌘K', 'G C']);
  });
});
