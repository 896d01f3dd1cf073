/** Answer to a packet: either the result or a stable code. `details` carries limits and times, never personal data. */
export type Ack<T> = ({ readonly ok: true } & T) | Refused;

/** A packet that was refused: nothing of it was stored. */
export interface Refused {
  readonly ok: false;
  /** `<service>.<kebab-reason>`, e.g. `chat.message-too-long`. */
  readonly code: string;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}
