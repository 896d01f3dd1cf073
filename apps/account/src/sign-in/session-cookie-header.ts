import { SESSION_TIMES } from '@libs/auth';
import { SESSION_COOKIE } from '@libs/http';

/** Bound to our host by its prefix, unreadable for scripts, not sent by other sites' forms (design 9). */
const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Lax';

/** Hands the browser a session. */
export function givenCookie(value: string): string {
  return `${SESSION_COOKIE}=${value}; Max-Age=${SESSION_TIMES.longestMs / 1000}; ${ATTRIBUTES}`;
}

/** Takes it away. */
export function takenCookie(): string {
  return `${SESSION_COOKIE}=; Max-Age=0; ${ATTRIBUTES}`;
}
