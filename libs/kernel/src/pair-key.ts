let lastFirst = '';
let lastSecond = '';
let last = ' ';

/**
 * One string for two ids, for maps by tenant and subject. Work about one person asks several maps in a row: the last pair
 * is kept, because joining and hashing seventy characters costs more than the look-up.
 */
export function pairKey(first: string, second: string): string {
  if (first !== lastFirst || second !== lastSecond) {
    lastFirst = first;
    lastSecond = second;
    last = `${first} ${second}`;
  }
  return last;
}
