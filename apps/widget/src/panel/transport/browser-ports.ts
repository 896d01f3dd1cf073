import { newSenderId } from './sender-id.js';
import { browserTimers } from './timers.js';

/** Whether this device has a network, so that a cut cable uses up no tries. */
export interface Network {
  has(): boolean;
  onBack(run: () => void): void;
}

/** What the transport takes from the browser. */
export const browserPorts = {
  timers: browserTimers,
  newSender: newSenderId,
  network: {
    // What cannot be told counts as a network.
    has: () => navigator.onLine !== false,
    onBack: (run) => addEventListener('online', run),
  } satisfies Network,
} as const;
