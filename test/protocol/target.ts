/**
 * A server to be examined. `PROTOCOL_URL`, `PROTOCOL_INBOX` and `PROTOCOL_ORIGIN` name one that runs anywhere
 * (with `PROTOCOL_TELLS_PLACES=1` where its inbox tells places); without
 * them the suite opens the product itself.
 */
export interface Target {
  /** Origin of the server, e.g. `https://chat.example`. */
  readonly url: string;
  /** Public key of an inbox. */
  readonly inbox: string;
  /** An origin that may embed the inbox. */
  readonly origin: string;
  /** The inbox tells who waits at which place they are. */
  readonly tellsPlaces?: boolean;
}

/** The server that the environment names, if it names one. */
export function namedTarget(env: NodeJS.ProcessEnv = process.env): Target | undefined {
  const { PROTOCOL_URL: url, PROTOCOL_INBOX: inbox, PROTOCOL_ORIGIN: origin } = env;
  const tellsPlaces = env.PROTOCOL_TELLS_PLACES === '1';
  return url && inbox && origin ? { url: url.replace(/\/$/, ''), inbox, origin, tellsPlaces } : undefined;
}
