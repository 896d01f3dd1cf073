/** Random id of this page load, 22 characters of base64url. Never stored: a reload is another sender. */
export function newSenderId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
