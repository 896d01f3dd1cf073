import { passwordWeak } from '../auth.errors.js';
import { normaliseIdentifier } from './login-identifier.js';

const SHORTEST = 12;
const LONGEST = 256;
const DIFFERENT = 5;
/** A password is judged by what is left of it when the words everybody tries are taken out. */
const LEFT_OVER = 6;

const COMMON = [
  ...['password', 'passwort', 'passw0rd', 'p@ssw0rd', 'letmein', 'welcome', 'iloveyou', 'administrator', 'admin'],
  ...['custodia', 'changeme', 'default', 'secret', 'master', 'dragon', 'monkey', 'football', 'woaini', 'mima'],
];

/** Runs of keys that lie beside each other. */
const ROWS = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv'];
const RUN = 4;

/** Refuses what is guessed first (P-1013). `identifier` may not be most of it either. */
export function assertStrongPassword(password: string, identifier = ''): void {
  if (password.length < SHORTEST) throw passwordWeak('too-short');
  if (password.length > LONGEST) throw passwordWeak('too-long');
  const plain = password.toLowerCase();
  if (new Set(plain).size < DIFFERENT) throw passwordWeak('too-uniform');
  const own = normaliseIdentifier(identifier).split('@')[0] ?? '';
  const words = own.length >= 3 ? [own, ...COMMON] : COMMON;
  const left = withoutRuns(words.reduce((text, word) => text.replaceAll(word, ''), plain));
  if (left.length < LEFT_OVER || repeats(plain)) throw passwordWeak('too-common');
}

function withoutRuns(text: string): string {
  let rest = text;
  for (const row of ROWS) {
    for (const line of [row, [...row].reverse().join('')]) {
      for (let length = line.length; length >= RUN; length--) {
        for (let at = 0; at + length <= line.length; at++) rest = rest.replaceAll(line.slice(at, at + length), '');
      }
    }
  }
  return rest;
}

/** True for `abcabcabcabc`: a short piece said again and again. */
function repeats(text: string): boolean {
  for (let length = 1; length <= text.length / 2; length++) {
    const piece = text.slice(0, length);
    if (piece.repeat(Math.ceil(text.length / length)).startsWith(text)) return length <= LEFT_OVER;
  }
  return false;
}
