/** What of a key event decides which key it is. */
export interface KeyStroke {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const LETTER = /^\p{L}$/u;

/**
 * The name of a stroke as screens write it: 'E', 'Shift+E', '?', 'Mod+K', 'Mod+Shift+Enter', 'ArrowDown'. Shift is named
 * for letters and named keys only: `?` is typed with it on one keyboard and without it on another. Undefined for
 * what belongs to the browser, the system or a screen reader.
 */
export function strokeName(stroke: KeyStroke, apple: boolean): string | undefined {
  if (stroke.altKey || (apple ? stroke.ctrlKey : stroke.metaKey)) return undefined;
  const key = plainKey(stroke);
  const mod = apple ? stroke.metaKey : stroke.ctrlKey;
  const shift = stroke.shiftKey && (key.length > 1 || LETTER.test(key));
  return `${mod ? 'Mod+' : ''}${shift ? 'Shift+' : ''}${key}`;
}

/** On a keyboard of another script the letter is read from its place. */
function plainKey({ key, code }: KeyStroke): string {
  if (key.length !== 1) return key;
  const placed = /^Key([A-Z])$/.exec(code)?.[1];
  if (placed !== undefined && LETTER.test(key) && !/[a-z]/i.test(key)) return placed;
  return key.toUpperCase();
}

/** One spelling for what screens write: 'e', 'shift+E' and 'G then C' as 'G C'. */
export function keyName(written: string): string {
  return written
    .split(' ')
    .map((stroke) =>
      stroke.replace(/(^|\+)([a-z])$/, (_all, before: string, key: string) => before + key.toUpperCase()),
    )
    .join(' ');
}

/** Character keys alone: what speech input and a resting hand can press by accident (WCAG 2.1.4). */
export function isSingleKey(name: string): boolean {
  return name.split(' ').every((stroke) => /^(Shift\+)?.$/u.test(stroke));
}

/** As `aria-keyshortcuts` wants it; it knows no sequences. */
export function ariaKeys(name: string, apple: boolean): string | undefined {
  if (name.includes(' ')) return undefined;
  return name.replace('Mod+', apple ? 'Meta+' : 'Control+');
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/** The caps of each stroke, in the order they are pressed: [['Ctrl', 'K']] or [['G'], ['C']]. */
export function keyCaps(name: string, apple: boolean): readonly (readonly string[])[] {
  return name.split(' ').map((stroke) =>
    stroke.split('+').map((cap) => {
      if (cap === 'Mod') return apple ? '⌘' : 'Ctrl';
      return SIGNS[cap] ?? cap;
    }),
  );
}

export function keyText(name: string, apple: boolean): string {
  return keyCaps(name, apple)
    .map((caps) => caps.join(apple ? '' : '+'))
    .join(' ');
}
