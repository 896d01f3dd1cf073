/**
 * A server to be examined. `PROTOCOL_URL`, `PROTOCOL_INBOX` and `PROTOCOL_ORIGIN` name one that runs anywhere; without
 * them the suite opens the product itself.
 */
export interface Target {
  /** Origin of the server, e.g. `https://chat.example`. */
  readonly url: string;
  /** Public key of an inbox. */
  readonly inbox: string;
  /** An origin that may embed the inbox. */
  readonly origin: string;
}

/** The server that the environment names, if it names one. */
export function namedTarget(env: NodeJS.ProcessEnv = process.env): Target | undefined {
  const { PROTOCOL_URL: url, PROTOCOL_INBOX: inbox, PROTOCOL_ORIGIN: origin } = env;
  return url && inbox && origin ? { url: url.replace(/\/$/, ''), inbox, origin } : undefined;
}
