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

type Handler<L> = (line: L, packet: never) => Promise<object> | object | undefined;
type Enqueue<L> = (line: L, packet: never, done: (error?: unknown, answer?: object) => void) => void;

/**
 * How a packet of a line `L`, one socket, is handled: by an answer or a promise of one, or by calling `done` (the message
 * path).
 */
export type PacketRule<L> = RuleFacts & ({ readonly handle: Handler<L> } | { readonly enqueue: Enqueue<L> });

/** All packets of a gateway by name; the same for each of its sockets. */
export type PacketRules<L> = Readonly<Record<string, PacketRule<L>>>;

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
export function bindPackets<L>(socket: Socket, rules: PacketRules<L>, line: L, log: Log): void {
  installFastFrames(socket);
  (socket.data as Bound).packets = rules;
  const door = new PacketDoor(socket, rules, line, log);
  // One listener for all: thousands of idle sockets would keep as many for each packet.
  socket.onAny((name: string, ...values: unknown[]) => door.take(name, values));
}

interface Bound {
  packets?: PacketRules<never>;
}

/** Names of the packets that a socket hears; undefined for one without rules. The matrix of walls asks. */
export function packetsOf(socket: Socket): readonly string[] | undefined {
  const { packets } = socket.data as Bound;
  return packets && Object.keys(packets);
}

/** What comes through one socket. */
class PacketDoor<L> {
  /** Refused ones in a row. */
  private refused = 0;
  private paces: Record<string, Pace> | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly rules: PacketRules<L>,
    private readonly line: L,
    private readonly log: Log,
  ) {}

  take(name: string, values: readonly unknown[]): void {
    // Ended by the packet before, which may have come in the same bytes.
    if (!this.socket.connected) return;
    const rule = Object.hasOwn(this.rules, name) ? this.rules[name] : undefined;
    if (!rule) {
      this.refuse(messageErrors.unknown(), values.at(-1));
      return;
    }
    const [packet, ack] = values;
    if (rule.answered && typeof ack !== 'function' && typeof packet !== 'function') return;
    try {
      checkPacket(packet, rule.shape);
      if (rule.perSecond !== undefined) this.paceOf(name, rule.perSecond).step();
      this.handle(rule, packet as never, ack);
    } catch (error) {
      this.refuse(error, typeof packet === 'function' ? packet : ack);
    }
  }

  private handle(rule: PacketRule<L>, packet: never, ack: unknown): void {
    if ('enqueue' in rule) {
      rule.enqueue(this.line, packet, (error, answered) =>
        answered ? this.answer(ack, answered) : this.refuse(error, ack),
      );
      return;
    }
    const answering = rule.handle(this.line, packet);
    if (answering instanceof Promise) {
      answering.then(
        (answered) => this.answer(ack, answered),
        (error: unknown) => this.refuse(error, ack),
      );
    } else this.answer(ack, answering);
  }

  private answer(ack: unknown, answered: object | undefined): void {
    this.refused = 0;
    if (typeof ack === 'function') ack({ ok: true, ...answered });
  }

  private refuse(error: unknown, ack: unknown): void {
    this.refused += 1;
    if (typeof ack === 'function') ack(refusal(error, this.log));
    if (this.refused > MOST_REFUSED) endSockets([this.socket], 'chat.too-many-refusals');
  }

  private paceOf(name: string, perSecond: number): Pace {
    this.paces ??= {};
    this.paces[name] ??= new Pace(perSecond);
    return this.paces[name];
  }
}
