import { NetworkLog, socketEntry } from '@libs/audit';
import { WIDGET_NAMESPACE } from '@libs/contracts';
import { type Invalidation, InvalidationFeed } from '@libs/events';
import { LOG } from '@libs/http';
import type { Log } from '@libs/logging';
import { Inject, Injectable } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import { InboxDirectory } from '../inboxes/inbox-directory.js';
import { DoorLimits } from '../widget-sessions/door-limits.js';
import type { VisitorSession } from '../widget-sessions/visitor-session.js';
import { WidgetDoor } from '../widget-sessions/widget-door.js';
import { OneSocketEach, uponClose } from './open-connection.js';
import { endSockets, visitorSockets } from './open-sockets.js';
import { refusal } from './packet-door.js';

interface SocketData {
  session?: VisitorSession;
  /** Counted under its person. */
  recognised?: boolean;
}

/** Who comes in through the visitors' socket and how many at once, and who may stay when the inbox changes. */
@Injectable()
export class WidgetEntrance {
  private readonly single = new OneSocketEach();

  constructor(
    private readonly door: WidgetDoor,
    private readonly limits: DoorLimits,
    private readonly inboxes: InboxDirectory,
    private readonly feed: InvalidationFeed,
    private readonly networkLog: NetworkLog,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Called once with the namespace of visitors. */
  attach(namespace: Namespace): void {
    namespace.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => next(Object.assign(new Error('refused'), { data: refusal(error, this.log) })),
      );
    });
    this.feed.onRow((row) => {
      // Each reading counts: a socket may have been between its handshake and the namespace at the first.
      if (row.kind === 'origin') void this.recheck(namespace, row);
    });
  }

  /** Writes the network log's row once the person is known, and counts the socket as one of that person's. */
  known(socket: Socket, session: VisitorSession): void {
    const caller = { tenantId: session.inbox.tenantId, subjectId: session.visitor?.subjectId as string };
    const logged = this.networkLog.openSocket(socketEntry(WIDGET_NAMESPACE, caller, socket.handshake));
    uponClose(socket, () => this.networkLog.closeSocket(logged));
    const data = socket.data as SocketData;
    if (data.recognised) return;
    data.recognised = true;
    this.limits.recognised(session).then(
      (release) => uponClose(socket, release),
      (error: unknown) => endSockets([socket], refusal(error, this.log).code),
    );
  }

  private async admit(socket: Socket): Promise<void> {
    const { auth, address } = socket.handshake;
    this.single.check(socket);
    const session = await this.door.connect(auth, address);
    const release = await this.limits.connected(session, address);
    uponClose(socket, release);
    this.single.take(socket);
    Object.assign(socket.data as SocketData, { session, recognised: session.visitor !== undefined });
  }

  /** An inbox was changed or switched off: whoever its pages may no longer embed has to go. */
  private async recheck(namespace: Namespace, row: Invalidation): Promise<void> {
    const [some] = socketsOf(namespace, row);
    if (!some) return;
    try {
      this.inboxes.drop();
      const inbox = await this.inboxes.current(sessionOf(some).inbox);
      const sockets = socketsOf(namespace, row);
      if (!inbox) return endSockets(sockets, 'chat.inbox-not-found');
      const stays = (socket: Socket): boolean => inbox.origins.includes(sessionOf(socket).origin ?? '');
      endSockets(
        sockets.filter((socket) => !stays(socket)),
        'chat.origin-refused',
      );
      for (const socket of sockets.filter(stays)) sessionOf(socket).inbox = inbox;
    } catch (error) {
      // They come back by themselves and are checked at the door.
      this.log.error('chat.inbox-unread', { err: error });
      endSockets(socketsOf(namespace, row));
    }
  }
}

function sessionOf({ data }: Socket): VisitorSession {
  return (data as { session: VisitorSession }).session;
}

/** Sockets of the inbox that `row` names. */
function socketsOf(namespace: Namespace, row: Invalidation): readonly Socket[] {
  return visitorSockets(namespace, row, ({ inbox }) => inbox.id);
}
