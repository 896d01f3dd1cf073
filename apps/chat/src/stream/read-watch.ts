import type { AgentItem } from '@libs/contracts';
import { ReadAccounts, type ReadNote, RegisterBook, type RegisterVersion, usedGround } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type { StreamKey } from './stream-reader.js';

/** How long what is pushed to sockets gathers before it is accounted. */
const GATHER_MS = 30_000;

/** The member who looks. */
export interface Onlooker {
  readonly tenantId: string;
  readonly memberId: string;
  readonly role: string;
  readonly correlationId: string;
}

/** A conversation of which something is shown: whose it is. */
export type Shown = Pick<StreamKey, 'conversationId' | 'subjectId'>;

/** What of a conversation went to a socket since it was last accounted. */
interface Pushed {
  readonly subjectId: string;
  from: number;
  to: number;
  messages: boolean;
  notes: boolean;
}

type Accounts = Pick<ReadAccounts, 'note' | 'room'>;
interface Registers {
  lately(tenantId: string): Pick<RegisterVersion, 'register'> | undefined;
}
type Note = (read: ReadNote) => void;

const PURPOSE = 'support-conversation';

/**
 * Accounts of members who read conversations (P-0404, P-1010): one for each request, by its range of revisions; and where
 * the workspace has another ground than consent, one of its own for that use (P-0111). What was withheld was not read,
 * and states say nothing about a person.
 */
@Injectable()
export class ReadWatch {
  /** Sockets that were shown something since the last account. */
  private readonly pushed = new Set<LiveReads>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(ReadAccounts) private readonly accounts: Accounts,
    @Inject(RegisterBook) private readonly registers: Registers,
  ) {}

  /** Resolves when accounts can be taken; asked before anything is shown. Undefined = now. */
  room(): Promise<void> | undefined {
    return this.accounts.room();
  }

  /** A page of a conversation was shown. */
  page(who: Onlooker, shown: Shown, items: readonly AgentItem[]): void {
    const read = items.filter(isReadable);
    if (read.length === 0) return;
    const revisions = read.map(({ revision }) => revision);
    const pushed: Pushed = {
      ...{ subjectId: shown.subjectId, from: Math.min(...revisions), to: Math.max(...revisions) },
      ...{ messages: read.some(({ kind }) => kind === 'message'), notes: read.some(({ kind }) => kind === 'note') },
    };
    this.note(noteOf(who, shown.conversationId, pushed));
  }

  /** Previews of these conversations were listed. */
  list(who: Onlooker, shown: readonly Shown[]): void {
    if (shown.length === 0) return;
    this.note({
      reader: readerOf(who, `conversations ${shown.length}`),
      subjects: [...new Set(shown.map(({ subjectId }) => subjectId))],
      fields: ['chat.message'],
      masked: 0,
    });
  }

  /** What will be pushed to one socket of `who`. */
  live(who: Onlooker): LiveReads {
    return new LiveReads(who, this.note, (one) => {
      this.pushed.add(one);
      this.timer ??= setTimeout(() => this.account(), GATHER_MS).unref();
    });
  }

  /** Accounts for what all sockets were shown so far. */
  account(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const one of this.pushed) one.account();
    this.pushed.clear();
  }

  private readonly note: Note = (read) => {
    this.accounts.note(read);
    // What was shown was judged by a register, so this process has known one.
    const known = this.registers.lately(read.reader.tenantId);
    const ground = known && usedGround(known.register, PURPOSE);
    if (ground) this.accounts.note({ ...read, ground });
  };
}

/**
 * What one socket is shown live: two numbers for each conversation, made an account every 30 s, when the member stops
 * watching and when the socket goes. What gathered since dies with a killed process.
 */
export class LiveReads {
  private readonly pushed = new Map<string, Pushed>();

  constructor(
    private readonly who: Onlooker,
    private readonly note: Note,
    private readonly begun: (self: LiveReads) => void,
  ) {}

  /** A message or note was sent to the socket; in the tick of its commit. */
  show({ conversationId, subjectId }: Shown, kind: 'message' | 'note', revision: number): void {
    let known = this.pushed.get(conversationId);
    if (!known) {
      known = { subjectId, from: revision, to: revision, messages: false, notes: false };
      if (this.pushed.size === 0) this.begun(this);
      this.pushed.set(conversationId, known);
    }
    if (revision > known.to) known.to = revision;
    if (kind === 'note') known.notes = true;
    else known.messages = true;
  }

  /** Accounts for one conversation, or for all. */
  account(conversationId?: string): void {
    const ids = conversationId === undefined ? [...this.pushed.keys()] : [conversationId];
    for (const id of ids) {
      const pushed = this.pushed.get(id);
      if (pushed) this.note(noteOf(this.who, id, pushed));
      this.pushed.delete(id);
    }
  }
}

/** True where the text itself was shown; stars say nothing of it. */
export function isReadable(item: AgentItem): boolean {
  return (item.kind === 'message' || item.kind === 'note') && item.withheld === undefined && !item.masked;
}

function noteOf(who: Onlooker, conversationId: string, { subjectId, from, to, messages, notes }: Pushed): ReadNote {
  return {
    reader: readerOf(who, `conversation:${conversationId} ${from}-${to}`),
    subjects: [subjectId],
    fields: [...(messages ? (['chat.message'] as const) : []), ...(notes ? (['chat.note'] as const) : [])],
    masked: 0,
  };
}

function readerOf({ tenantId, memberId, role, correlationId }: Onlooker, range: string): ReadNote['reader'] {
  return { tenantId, memberId, role, correlationId, purpose: PURPOSE, range };
}
