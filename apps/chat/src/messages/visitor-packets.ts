import type { DeliveryCursor, VisitorSend, VisitorSync, WidgetServerPackets } from '@libs/contracts';
import type { PresenceService } from '../presence/presence.service.js';
import type { Listener } from '../stream/stream-emitter.js';
import type { VisitorSession } from '../widget-sessions/visitor-session.js';
import type { WidgetDoor } from '../widget-sessions/widget-door.js';
import { isBoolean, isNumber, isString, optional, type PacketRules } from './packet-door.js';
import type { VisitorNews } from './visitor-news.js';

/** Typing signs and cursors of one socket; a client that keeps the protocol sends about one. */
const SIGNS_PER_SECOND = 10;

/** One visitor's socket, as its packets need it. */
export interface VisitorLine {
  readonly session: VisitorSession;
  readonly listener: Listener<WidgetServerPackets>;
  /** Whose attempts are counted together, see `addressKey`. */
  readonly address: string;
  /** True once the socket hears of its conversation. */
  readonly isIn: boolean;
  /** Lets it hear of the conversation, if there is one by now. */
  join(): void;
}

/** What handles them. */
export interface VisitorPorts {
  readonly door: WidgetDoor;
  readonly presence: PresenceService;
  readonly news: VisitorNews;
}

/** Every packet that a visitor may send (docs/widget-protocol.md). */
export function visitorPackets({ door, presence, news }: VisitorPorts): PacketRules<VisitorLine> {
  return {
    'message:send': {
      shape: { sender: isString, number: isNumber, text: isString, slip: optional(isString) },
      answered: true,
      enqueue: (line, packet: VisitorSend, done) =>
        door.enqueue(line.session, packet, line.address, (error, sent) => {
          if (!line.isIn) {
            line.join();
            news.joined(line.session, line.listener);
          }
          done(error, sent);
        }),
    },
    sync: {
      shape: { after: isNumber, limit: optional(isNumber) },
      answered: true,
      handle: ({ session, address }, packet: VisitorSync) => door.sync(session, packet, address),
    },
    typing: {
      shape: { typing: isBoolean },
      perSecond: SIGNS_PER_SECOND,
      handle: ({ session, address }, { typing }: { typing: boolean }) => {
        door.sign(session, address);
        return presence.visitorTypes(session, typing);
      },
    },
    cursor: {
      shape: { delivered: isNumber, read: isNumber },
      perSecond: SIGNS_PER_SECOND,
      handle: ({ session, address }, packet: DeliveryCursor) => {
        door.sign(session, address);
        return presence.visitorRead(session, packet);
      },
    },
  };
}
