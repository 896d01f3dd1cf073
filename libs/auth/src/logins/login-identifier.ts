/** An e-mail as it is compared: one form whatever was typed. */
export function normaliseIdentifier(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** True for something that can be an e-mail; whether it is one, only a letter to it can tell. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
