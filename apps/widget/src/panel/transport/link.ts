import type {
  Ack,
  DeliveryCursor,
  QueuePlace,
  Typing,
  VisitorItem,
  VisitorSend,
  VisitorSent,
  VisitorSync,
  VisitorSynced,
  Watched,
  WidgetServerPackets,
} from '@libs/contracts';

export type AgentPacket = Parameters<WidgetServerPackets['agent']>[0];

/** Attempts of the socket without any answer after which plain HTTP is tried. */
export const FALL_BACK_AFTER = 3;

/** What a link reports. `refused` is a stable code with which the server turned the connection down. */
export interface LinkEvents {
  readonly up: () => void;
  readonly down: () => void;
  /** Could not connect, `attempts` times in a row, without the server having said why. */
  readonly unreachable: (attempts: number) => void;
  readonly refused: (code: string) => void;
  readonly item: (item: VisitorItem) => void;
  /** A page fetched without being asked for: polling brings these. */
  readonly page: (page: VisitorSynced) => void;
  readonly typing: (packet: Typing) => void;
  readonly cursor: (packet: DeliveryCursor) => void;
  readonly agent: (packet: AgentPacket) => void;
  /** The place of who waits, 1 = next; 0 = does not wait (any more). */
  readonly queue: (packet: QueuePlace) => void;
  readonly watched: (packet: Watched) => void;
  /** The business asks for a consent, or one was changed elsewhere. */
  readonly choices: () => void;
}

/**
 * One way to the server. `send` and `sync` answer, or reject when nobody can know whether the server saw the packet.
 */
export interface Link {
  open(): void;
  close(): void;
  send(packet: VisitorSend): Promise<Ack<VisitorSent>>;
  sync(packet: VisitorSync): Promise<Ack<VisitorSynced>>;
  typing(packet: Typing): void;
  cursor(packet: DeliveryCursor): void;
}

/** Who I am towards the server; the pass is fetched anew when `fresh` is asked for. */
export interface Credentials {
  readonly inbox: string;
  pass(): Promise<string>;
  token(): string | undefined;
}
