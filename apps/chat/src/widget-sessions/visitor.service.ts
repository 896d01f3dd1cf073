import type { AgentSent, VisitorSend, VisitorSent } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { Injectable } from '@nestjs/common';
import { checkedText, checkSender } from '../messages/message-text.js';
import { type CheckedSend, SendService } from '../messages/send.service.js';
import { ConsentSlips } from './consent-slips.js';
import { doorErrors } from './embed-passes.js';
import { VisitorBirths } from './visitor-births.js';
import type { KnownVisitor, VisitorSession } from './visitor-session.js';
import { VisitorTokens } from './visitor-tokens.js';

/** What a visitor writes, through the socket or the HTTP door. */
@Injectable()
export class VisitorService {
  constructor(
    private readonly sends: SendService,
    private readonly slips: ConsentSlips,
    private readonly births: VisitorBirths,
    private readonly tokens: VisitorTokens,
  ) {}

  /** Stores a message; the first one of a person makes the person and answers with the visitor token. */
  send(session: VisitorSession, packet: VisitorSend): Promise<VisitorSent> {
    return new Promise((resolve, reject) => {
      this.enqueue(session, packet, (error, sent) => (sent === undefined ? reject(error) : resolve(sent)));
    });
  }

  /** The same with a callback. Throws what is wrong with the packet. */
  enqueue(session: VisitorSession, packet: VisitorSend, done: (error?: unknown, sent?: VisitorSent) => void): void {
    checkSender(packet.sender, packet.number);
    const text = checkedText(packet.text);
    // A slip with a known visitor: the client may not have heard the answer to its first message and lack its token.
    if (session.visitor && packet.slip === undefined) {
      this.sends.enqueue(checked(session, session.visitor, packet, text), (error, sent) =>
        sent === undefined ? done(error) : done(undefined, visible(sent)),
      );
      return;
    }
    this.early(session, packet, text).then((sent) => done(undefined, sent), done);
  }

  /** What is sent before the answer to the first message: waits for it, so that there is one person. */
  private async early(session: VisitorSession, packet: VisitorSend, text: string): Promise<VisitorSent> {
    if (session.opening) await session.opening.catch(() => undefined);
    if (!session.visitor) return this.first(session, packet, text);
    const token = await this.ownToken(session, session.visitor, packet.slip);
    const sent = visible(await this.sends.send(checked(session, session.visitor, packet, text)));
    return token === undefined ? sent : { ...sent, token };
  }

  /**
   * The token of a visitor who is known and still sends the slip. Consent was settled when the slip made the person, so
   * what it says, and whether it is still in force, counts no more.
   */
  private async ownToken(
    { inbox }: VisitorSession,
    { subjectId }: KnownVisitor,
    slip: unknown,
  ): Promise<string | undefined> {
    const agreed = slip === undefined ? undefined : await this.slips.genuine(inbox, slip);
    if (!agreed) return undefined;
    const token = await this.tokens.tokenOf(inbox, agreed);
    const owner = await this.tokens.find(inbox, token);
    return owner?.subjectId === subjectId ? token : undefined;
  }

  private async first(session: VisitorSession, packet: VisitorSend, text: string): Promise<VisitorSent> {
    const opening = this.open(session, packet, text);
    session.opening = opening;
    try {
      return await opening;
    } finally {
      session.opening = undefined;
    }
  }

  private async open(session: VisitorSession, packet: VisitorSend, text: string): Promise<VisitorSent> {
    const { inbox } = session;
    const slip = await this.slips.read(inbox, packet.slip);
    const token = await this.tokens.tokenOf(inbox, slip);
    let owner = await this.tokens.find(inbox, token);
    if (!owner && !session.visitor) {
      // Only who is new: the slip of a first message whose answer was lost may be out of force by now.
      await this.slips.requireInForce(inbox, slip);
      const fresh = { subjectId: newId(), conversationId: newId() };
      const born = await this.births.open({ inbox, slip, token, send: checked(session, fresh, packet, text) });
      if (born) {
        session.visitor = fresh;
        return { ...born, token };
      }
      owner = await this.tokens.find(inbox, token);
    }
    // The slip was used: the answer to the first message was lost, or another tab was quicker.
    session.visitor ??= owner;
    if (!session.visitor) throw doorErrors.tokenInvalid();
    const sent = visible(await this.sends.send(checked(session, session.visitor, packet, text)));
    return owner?.subjectId === session.visitor.subjectId ? { ...sent, token } : sent;
  }
}

/** What a visitor may know of an outcome: never a revision. */
function visible({ seq, at }: AgentSent): VisitorSent {
  return { seq: seq!, at };
}

function checked(session: VisitorSession, visitor: KnownVisitor, packet: VisitorSend, text: string): CheckedSend {
  return {
    tenantId: session.inbox.tenantId,
    conversationId: visitor.conversationId,
    subjectId: visitor.subjectId,
    authorId: null,
    op: 'message',
    sender: packet.sender,
    number: packet.number,
    text,
    origin: session.listener,
    correlationId: session.correlationId,
  };
}
