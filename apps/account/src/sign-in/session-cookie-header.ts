import { SESSION_TIMES } from '@libs/auth';
import { SESSION_COOKIE } from '@libs/http';

/** Bound to our host by its prefix, unreadable for scripts, not sent by other sites' forms (design 9). */
const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Lax';

/** Hands the browser a session; unless it is to be kept, the browser forgets it when it is closed (F-0111). */
export function givenCookie(value: string, keep: boolean): string {
  const age = keep ? `Max-Age=${SESSION_TIMES.longestMs / 1000}; ` : '';
  return `${SESSION_COOKIE}=${value}; ${age}${ATTRIBUTES}`;
}

/** Takes it away. */
export function takenCookie(): string {
  return `${SESSION_COOKIE}=; Max-Age=0; ${ATTRIBUTES}`;
}
