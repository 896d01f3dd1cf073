import type { Refused } from '@libs/contracts';
import { AppError } from '@libs/kernel';
import type { Log } from '@libs/logging';
import type { Socket } from 'socket.io';
import { messageErrors } from './message-text.js';

/** What a client may send for one packet: exactly these keys, each passing its check; `?` marks optional ones. */
export type PacketShape = Readonly<Record<string, (value: unknown) => boolean>>;

export const isString = (value: unknown): boolean => typeof value === 'string';
export const isNumber = (value: unknown): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
export const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
export const optional = (check: (value: unknown) => boolean): ((value: unknown) => boolean) => {
  const passes = (value: unknown): boolean => value === undefined || check(value);
  return Object.assign(passes, { optional: true });
};

/** Throws `chat.packet-invalid` unless `packet` is a plain object with exactly the keys of `shape`. */
export function checkPacket(packet: unknown, shape: PacketShape): asserts packet is Record<string, never> {
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

export interface PacketRule {
  readonly shape: PacketShape;
  readonly handle: Handler;
}

/** Refused packets in a row after which the socket is closed: a client that does not speak the protocol. */
const MOST_REFUSED = 200;

/**
 * Binds the packets of one socket. Hand-written checks: a validation library on each packet costs more than storing it
 * (measured in the spike). Unknown packets get a code, never an exception.
 */
export function bindPackets(socket: Socket, rules: Readonly<Record<string, PacketRule>>, log: Log): void {
  let refused = 0;
  const refuse = (error: unknown, ack: unknown): void => {
    refused += 1;
    if (typeof ack === 'function') ack(refusal(error, log));
    if (refused > MOST_REFUSED) {
      socket.emit('end', { code: 'chat.too-many-refusals' });
      socket.disconnect(true);
    }
  };
  for (const [name, { shape, handle }] of Object.entries(rules)) {
    socket.on(name, (packet: unknown, ack: unknown) => {
      try {
        checkPacket(packet, shape);
        const answering = handle(packet as never);
        if (answering instanceof Promise) {
          answering.then(
            (answer) => {
              refused = 0;
              if (typeof ack === 'function') ack({ ok: true, ...answer });
            },
            (error: unknown) => refuse(error, ack),
          );
        } else if (typeof ack === 'function') ack({ ok: true, ...answering });
      } catch (error) {
        refuse(error, typeof packet === 'function' ? packet : ack);
      }
    });
  }
  socket.onAny((name: string, ...values: unknown[]) => {
    if (!Object.hasOwn(rules, name)) refuse(messageErrors.unknown(), values.at(-1));
  });
}
