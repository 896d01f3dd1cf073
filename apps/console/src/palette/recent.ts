import { Observable } from '../live/observable.js';
import { keepForSession } from '../session/memory.js';

const MOST = 6;

/** Places that this page led to, newest first. In memory only, no names of people: paths hold ids. */
export const recentPaths = new Observable<readonly string[]>([]);

export function rememberPath(path: string): void {
  recentPaths.set([path, ...recentPaths.get().filter((one) => one !== path)].slice(0, MOST));
}

export function clearRecent(): void {
  recentPaths.set([]);
}
keepForSession(clearRecent);
