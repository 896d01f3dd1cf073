import { TeamDirectory } from '@libs/auth';
import type { InboxRouting } from '@libs/contracts';
import { DATABASE, type Database, ROUTING_TENANTS } from '@libs/database';
import { InvalidationFeed, type InvalidationKind } from '@libs/events';
import { LOG } from '@libs/http';
import { AppError, CLOCK, type Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HOURS, type Hours } from './hours-port.js';
import { MemberLines } from './member-lines.js';
import { RoutingActs } from './routing-acts.js';
import { RoutingNews } from './routing-news.js';
import { type Proposal, Room, teamsOf } from './routing-plan.js';
import { RoutingQueue, type Waiting } from './routing-queue.js';

/** How often all queues are looked at: what became due by time alone, and what a process that died left. */
const LOOK_MS = 2000;
const PAGE = 200;
/** Who cannot be given for another reason than room (being erased, consent withdrawn) is left alone for so long. */
const LEAVE_ALONE_MS = 60_000;
const MOST_LEFT_ALONE = 10_000;

/** What changes who may get something. */
const WAKING: ReadonlySet<InvalidationKind> = new Set(['availability', 'routing', 'team', 'hours']);

interface Rounds {
  again: boolean;
  readonly done: Promise<void>;
}

/** What one round needs to know besides rows; read once in it. */
interface RoundFacts {
  readonly at: number;
  readonly room: Room;
  readonly routed: ReadonlyMap<string, InboxRouting>;
  readonly teams: Map<string | null, ReadonlySet<string>>;
  readonly held: Map<string, boolean>;
}

/** What the engine asks and lets act. */
@Injectable()
export class EngineParts {
  constructor(
    readonly queue: RoutingQueue,
    readonly acts: RoutingActs,
    readonly lines: MemberLines,
    readonly teams: TeamDirectory,
    @Inject(HOURS) readonly hours: Hours,
  ) {}
}

/**
 * Gives conversations to members (decision 0010). It decides nothing: it proposes, and the transaction chooses. All it
 * keeps in memory is which tenants to look at.
 */
@Injectable()
export class RoutingEngine implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds = new Map<string, Rounds>();
  private readonly leftAlone = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly parts: EngineParts,
    @Inject(DATABASE) private readonly database: Database,
    private readonly feed: InvalidationFeed,
    private readonly news: RoutingNews,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.news.onHead(({ tenantId }) => this.poke(tenantId));
    this.feed.onRow(({ kind, tenantId, again }) => {
      if (!again && WAKING.has(kind)) this.poke(tenantId);
    });
    this.timer = setInterval(() => void this.look(), LOOK_MS).unref();
    void this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.looking;
    await this.settle();
  }

  /** Something of this tenant changed: look at its queues now, and again if that happens meanwhile. */
  poke(tenantId: string): void {
    const running = this.rounds.get(tenantId);
    if (running) running.again = true;
    else if (!this.stopped) {
      const rounds: Rounds = { again: false, done: Promise.resolve().then(() => this.run(tenantId, rounds)) };
      this.rounds.set(tenantId, rounds);
    }
  }

  /** Resolves when all rounds that were asked for are over. */
  async settle(): Promise<void> {
    while (this.rounds.size > 0) await Promise.all([...this.rounds.values()].map(({ done }) => done));
  }

  /** Looks at everything that time alone may have made due. */
  look(): Promise<void> {
    this.looking ??= this.lookNow()
      .catch((error: unknown) => this.log.warn('chat.routing-not-looked', { err: error }))
      .finally(() => {
        this.looking = undefined;
      });
    return this.looking;
  }

  private async lookNow(): Promise<void> {
    await this.parts.lines.endLost();
    const rows = await this.database.reader.all<{ tenant_id: string }>(ROUTING_TENANTS, []);
    for (const { tenant_id: tenantId } of rows) this.poke(tenantId);
  }

  private async run(tenantId: string, rounds: Rounds): Promise<void> {
    try {
      do {
        rounds.again = false;
        await this.round(tenantId);
      } while (rounds.again && !this.stopped);
    } catch (error) {
      // Looked at again in two seconds.
      this.log.warn('chat.routing-failed', { err: error });
    } finally {
      this.rounds.delete(tenantId);
    }
  }

  private async round(tenantId: string): Promise<void> {
    const { queue } = this.parts;
    const routed = await queue.routed(tenantId);
    if (routed.size === 0) return;
    await this.takeBack(tenantId, [...routed.keys()]);
    const room = new Room(await queue.seats(tenantId));
    const facts: RoundFacts = { at: this.clock.now(), room, routed, teams: new Map(), held: new Map() };
    for (let last: Waiting | undefined, page: Waiting[]; room.isLeft; last = page[page.length - 1]) {
      page = await queue.waiting(tenantId, [...routed.keys()], PAGE, last);
      const proposals = await this.propose(tenantId, page, facts);
      await Promise.all(proposals.map((one) => this.attempt(one.waiting.id, this.parts.acts.give(tenantId, one))));
      if (page.length < PAGE) return;
    }
  }

  private async propose(tenantId: string, page: readonly Waiting[], facts: RoundFacts): Promise<Proposal[]> {
    const able = page.filter(({ id }) => !this.isLeftAlone(id));
    const formers = await this.parts.queue.formers(
      tenantId,
      able.map(({ id }) => id),
    );
    const proposals: Proposal[] = [];
    for (const waiting of able) {
      const routing = facts.routed.get(waiting.inboxId)!;
      if (routing.mode === 'manual' || (await this.isHeld(tenantId, routing, facts))) continue;
      const teams = await this.teams(tenantId, waiting, routing, facts);
      const proposal = facts.room.propose(waiting, routing.mode, teams, formers.get(waiting.id) ?? null);
      if (proposal) proposals.push(proposal);
    }
    return proposals;
  }

  /** True outside hours of an inbox that holds its queue then. */
  private async isHeld(tenantId: string, { hoursId, outsideHours }: InboxRouting, facts: RoundFacts): Promise<boolean> {
    if (outsideHours === 'give') return false;
    const key = hoursId ?? '';
    const known = facts.held.get(key);
    if (known !== undefined) return known;
    const held = !(await this.parts.hours.isOpen(tenantId, hoursId, facts.at));
    facts.held.set(key, held);
    return held;
  }

  private async teams(tenantId: string, waiting: Waiting, routing: InboxRouting, facts: RoundFacts) {
    for (const id of [waiting.teamId, routing.teamId, routing.overflowTeamId]) {
      if (id !== null) await this.team(tenantId, id, facts);
    }
    const ids = teamsOf(waiting, routing, facts.at, (id) => facts.teams.get(id)!.size > 0);
    return Promise.all(ids.map((id) => this.team(tenantId, id, facts)));
  }

  private async team(tenantId: string, teamId: string | null, facts: RoundFacts): Promise<ReadonlySet<string>> {
    const known = facts.teams.get(teamId);
    if (known) return known;
    const team = teamId === null ? facts.room.everybody : new Set(await this.parts.teams.membersOf(tenantId, teamId));
    facts.teams.set(teamId, team);
    return team;
  }

  private async takeBack(tenantId: string, inboxIds: readonly string[]): Promise<void> {
    const { queue, acts } = this.parts;
    const { returnAfterSeconds } = await queue.defaults(tenantId);
    const lost = await queue.lostWork(tenantId, inboxIds, this.clock.now() - returnAfterSeconds * 1000);
    await Promise.all(lost.map((one) => this.attempt(one.id, acts.takeBack(tenantId, one))));
  }

  /** A refusal is an answer: somebody was quicker, or nobody has room. Anything else is tried again by the next look. */
  private async attempt(conversationId: string, act: Promise<void>): Promise<void> {
    await act.catch((error: unknown) => {
      if (!(error instanceof AppError && error.kind === 'user')) throw error;
      if (!error.code.startsWith('chat.')) this.leaveAlone(conversationId);
    });
  }

  private isLeftAlone(conversationId: string): boolean {
    const until = this.leftAlone.get(conversationId);
    if (until === undefined) return false;
    if (until > this.clock.now()) return true;
    this.leftAlone.delete(conversationId);
    return false;
  }

  private leaveAlone(conversationId: string): void {
    if (this.leftAlone.size >= MOST_LEFT_ALONE) this.leftAlone.clear();
    this.leftAlone.set(conversationId, this.clock.now() + LEAVE_ALONE_MS);
  }
}
