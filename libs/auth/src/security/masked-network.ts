import { isIP } from 'node:net';
import { networkKey } from '../sign-in/attempt-guard.js';

const PREFIX = 'address:';

/** The neighbourhood of an address as its owner is shown it; null for what is no address. */
export function maskedNetwork(address: string): string | null {
  if (isIP(address.split('%')[0]!) === 0) return null;
  const network = networkKey(address).slice(PREFIX.length);
  return `${network}${network.includes(':') ? ':' : '.'}*`;
}
