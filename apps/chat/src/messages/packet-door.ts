import type { Refused } from '@libs/contracts';
import { installFastFrames } from '@libs/http';
import { AppError } from '@libs/kernel';
import type { Log } from '@libs/logging';
import type { Socket } from 'socket.io';
import { messageErrors } from './message-text.js';
import { endSockets } from './open-sockets.js';
import { rateLimited } from './rate-limiter.js';

/** What a client may send for one packet: these keys and no others, each passing its check (see `optional`). */
export type PacketShape = Readonly<Record<string, (value: unknown) => boolean>>;

export const isString = (value: unknown): boolean => typeof value === 'string';
export const isNumber = (value: unknown): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
export const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
export const optional = (check: (value: unknown) => boolean): ((value: unknown) => boolean) => {
  return (value) => value === undefined || check(value);
};

/** Throws `chat.packet-invalid` unless `packet` is an object of the form of `shape`. */
function checkPacket(packet: unknown, shape: PacketShape): asserts packet is Record<string, never> {
  if (typeof packet !== 'object' || packet === null || Array.isArray(packet)) throw messageErrors.invalid();
  for (const key of Object.keys(packet)) if (!Object.hasOwn(shape, key)) throw messageErrors.invalid();
  for (const key of Object.keys(shape)) {
    const value = Object.hasOwn(packet, key) ? (packet as Record<string, unknown>)[key] : undefined;
    if (!shape[key]!(value)) throw messageErrors.invalid();
  }
}

/** The refusal of a packet as the client gets it: a stable code and numbers, never a message with data. */
export function refusal(error: unknown, log: Log): Refused {
  if (error instanceof AppError && error.kind !== 'unexpected') {
    return { ok: false, code: error.code, ...(error.details ? { details: error.details } : {}) };
  }
  log.error('chat.packet-failed', { err: error });
  return { ok: false, code: 'chat.unexpected' };
}

type Handler = (packet: never) => Promise<object> | object | undefined;

/** How a packet is handled: by an answer or a promise of one, or by calling `done` (the message path). */
export type PacketRule = RuleFacts &
  (
    | { readonly handle: Handler }
    | { readonly enqueue: (packet: never, done: (error?: unknown, answer?: object) => void) => void }
  );

interface RuleFacts {
  readonly shape: PacketShape;
  /** The answer is what the packet is for: without a callback it is dropped (docs/widget-protocol.md 5). */
  readonly answered?: true;
  /** Packets a second of one socket; what comes beyond is refused without being handled. */
  readonly perSecond?: number;
}

/** Counts the packets of one kind that one socket sent in the present second. */
class Pace {
  private since = 0;
  private count = 0;

  constructor(private readonly perSecond: number) {}

  /** Throws `chat.rate-limited` beyond the rate. */
  step(): void {
    const now = performance.now();
    if (now - this.since >= 1000) {
      this.since = now;
      this.count = 0;
    }
    this.count += 1;
    if (this.count > this.perSecond) throw rateLimited(this.since + 1000 - now);
  }
}

/** Refused packets in a row after which the socket is closed: a client that does not speak the protocol. */
const MOST_REFUSED = 200;

/**
 * Binds the packets of one socket. Hand-written checks: a validation library on each packet costs more than storing it
 * (measured in the spike). Unknown packets get a code, never an exception.
 */
export function bindPackets(socket: Socket, rules: Readonly<Record<string, PacketRule>>, log: Log): void {
  installFastFrames(socket);
  let refused = 0;
  const refuse = (error: unknown, ack: unknown): void => {
    refused += 1;
    if (typeof ack === 'function') ack(refusal(error, log));
    if (refused > MOST_REFUSED) endSockets([socket], 'chat.too-many-refusals');
  };
  const answer = (ack: unknown, answered: object | undefined): void => {
    refused = 0;
    if (typeof ack === 'function') ack({ ok: true, ...answered });
  };
  for (const [name, rule] of Object.entries(rules)) {
    const pace = rule.perSecond === undefined ? undefined : new Pace(rule.perSecond);
    socket.on(name, (packet: unknown, ack: unknown) => {
      if (rule.answered && typeof ack !== 'function' && typeof packet !== 'function') return;
      try {
        checkPacket(packet, rule.shape);
        pace?.step();
        if ('enqueue' in rule) {
          rule.enqueue(packet as never, (error, answered) => (answered ? answer(ack, answered) : refuse(error, ack)));
          return;
        }
        const answering = rule.handle(packet as never);
        if (answering instanceof Promise) {
          answering.then(
            (answered) => answer(ack, answered),
            (error: unknown) => refuse(error, ack),
          );
        } else answer(ack, answering);
      } catch (error) {
        refuse(error, typeof packet === 'function' ? packet : ack);
      }
    });
  }
  socket.onAny((name: string, ...values: unknown[]) => {
    if (!Object.hasOwn(rules, name)) refuse(messageErrors.unknown(), values.at(-1));
  });
}
