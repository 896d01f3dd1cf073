import type { Socket } from 'socket.io';

/** What is read of Socket.IO's inside; version 4.8.3 is pinned, and another shape falls back to the long way. */
interface Inside {
  readonly readyState: string;
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  readonly transport: {
    readonly name: string;
    readonly writable: boolean;
    readonly socket?: { readonly readyState: number; readonly _socket?: Wire; terminate?(): void };
  };
}

interface Wire {
  readonly writableLength: number;
  write(bytes: Buffer): boolean;
}

interface Packet {
  readonly type: number;
  readonly data?: unknown;
  readonly id?: number;
}

interface Besides {
  readonly flags: object;
  readonly _anyOutgoingListeners?: readonly unknown[];
}

type EmitMethod = (this: Socket, name: string, ...values: unknown[]) => boolean;
type PacketMethod = (this: Socket, packet: Packet, options?: { readonly volatile?: boolean }) => void;

const EVENT = 2;
const ACK = 3;
const OPEN = 1;
/** Bytes that may wait for one client; more than two of the longest pages of a sync, and of somebody who reads them. */
const MOST_UNREAD = 16 * 1024 * 1024;

/**
 * Sends events and acknowledgements of one socket as a ready-made WebSocket frame in one buffer, past the encoder, the
 * engine's queue and the frame writer: a third of what a message costs goes there otherwise (docs/decisions/0005). The
 * order is kept: while anything waits in the engine, or the line is not plainly open, the long way is taken.
 */
export function installFastFrames(socket: Socket): void {
  Object.assign(socket, { packet: fastPacket, emit: fastEmit });
}

/** An event with one value, as nearly all are: past the packet, its flags and their copies as well. */
const fastEmit: EmitMethod = function fastEmit(name, ...values) {
  const isPlain = values.length === 1 && typeof values[0] !== 'function' && hasNothingBesides(this);
  if (isPlain) endUnlessRead(this);
  const wire = isPlain ? openWire(this) : undefined;
  if (!wire) return (Object.getPrototypeOf(this) as { emit: EmitMethod }).emit.call(this, name, ...values);
  wire.write(textFrame(encode(this.nsp.name, { type: EVENT, data: [name, values[0]] })));
  return true;
};

/** No flag such as `volatile` for what comes next, and nobody who listens to what goes out. */
function hasNothingBesides(socket: Socket): boolean {
  const { flags, _anyOutgoingListeners: listeners } = socket as unknown as Besides;
  for (const _ in flags) return false;
  return !listeners?.length;
}

const fastPacket: PacketMethod = function fastPacket(packet, options) {
  endUnlessRead(this);
  const wire = options?.volatile ? undefined : openWire(this);
  if (wire && (packet.type === EVENT || packet.type === ACK)) {
    wire.write(textFrame(encode(this.nsp.name, packet)));
    return;
  }
  const slow = (Object.getPrototypeOf(this) as { packet: PacketMethod }).packet;
  slow.call(this, packet, options);
};

/** Neither Socket.IO nor the system bounds what waits for a client that no longer reads: it would fill the memory. */
function endUnlessRead(socket: Socket): void {
  const { writeBuffer, transport } = socket.conn as unknown as Inside;
  let unread = transport.socket?._socket?.writableLength ?? 0;
  for (const { data } of writeBuffer) if (typeof data === 'string') unread += data.length;
  if (unread > MOST_UNREAD) transport.socket?.terminate?.();
}

function openWire(socket: Socket): Wire | undefined {
  const { readyState, writeBuffer, transport } = socket.conn as unknown as Inside;
  if (readyState !== 'open' || writeBuffer.length > 0) return undefined;
  if (transport.name !== 'websocket' || !transport.writable || transport.socket?.readyState !== OPEN) return undefined;
  return transport.socket._socket;
}

/** Engine.IO message (4), Socket.IO type, namespace, id of an acknowledgement, then the data. Never binary. */
function encode(namespace: string, { type, data, id }: Packet): string {
  return `4${type}${namespace},${id ?? ''}${JSON.stringify(data)}`;
}

/** One final text frame of a server: RFC 6455, 5.2. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text, 'utf8');
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = 0x81;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, head, 'utf8');
  return frame;
}
