const SHORTEST = 12;
const DIFFERENT = 5;
const EASY = /password|passw0rd|12345|23456|34567|45678|56789|qwert|asdfg|zxcvb|abcde|admin|welcome|custodia|woaini/;

/** What can be told while one types; the server knows more words and decides. */
export function rulesOf(password: string, email: string): Readonly<Record<'length' | 'different' | 'common', boolean>> {
  const plain = password.toLowerCase();
  const own = email.trim().toLowerCase().split('@')[0] ?? '';
  return {
    length: password.length >= SHORTEST,
    different: new Set(plain).size >= DIFFERENT,
    common: plain !== '' && !EASY.test(plain) && !(own.length >= 3 && plain.includes(own)),
  };
}
