import { Observable } from '../live/observable.js';
import { keepForSession } from '../session/memory.js';

/** Kept while the page lives, so that going back shows the same; never in an address or on the device. */
export const searchTerm = new Observable('');
keepForSession(() => searchTerm.set(''));
