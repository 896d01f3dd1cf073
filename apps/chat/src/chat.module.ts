import { AuthModule, MemberNames, MemberWorks } from '@libs/auth';
import type { Config } from '@libs/config';
import { Committer, DATABASE, type Database } from '@libs/database';
import { ConsumerRunner, InvalidationFeed, WAKE_UP, type WakeUp } from '@libs/events';
import { CONFIG, LOG, Measures } from '@libs/http';
import { CLOCK, type Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { KeyService, PersonalGate, RegisterBook, SubjectErasers, SubjectStep } from '@libs/privacy';
import { Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CannedController } from './canned/canned.controller.js';
import { CannedService } from './canned/canned.service.js';
import { CannedRows } from './canned/canned-rows.js';
import { ChoicesController } from './choices/choices.controller.js';
import { ConversationConsent } from './choices/conversation-consent.js';
import { PersonalChoicesService } from './choices/personal-choices.service.js';
import { AssignmentController } from './conversations/assignment.controller.js';
import { AssignmentService } from './conversations/assignment.service.js';
import { ChatEraser } from './conversations/chat-eraser.js';
import { ColleagueList } from './conversations/colleagues.js';
import { ConversationController } from './conversations/conversation.controller.js';
import { ConversationRepository } from './conversations/conversation.repository.js';
import { ConversationService } from './conversations/conversation.service.js';
import { ConversationFaces } from './conversations/conversation-faces.js';
import { ConversationList } from './conversations/conversation-list.js';
import { ConversationReads } from './conversations/conversation-reads.js';
import { ListChecks } from './conversations/list-checks.js';
import { ListPeople } from './conversations/list-people.js';
import { listProjection } from './conversations/list-projection.js';
import { MemberWorkController } from './conversations/member-work.controller.js';
import { MemberWork } from './conversations/member-work.js';
import { MessageRevealing } from './conversations/message-revealing.js';
import { DraftController } from './drafts/draft.controller.js';
import { DraftService } from './drafts/draft.service.js';
import { EmbedWatch } from './first-run/embed-watch.js';
import { FirstRunController } from './first-run/first-run.controller.js';
import { FirstRunService } from './first-run/first-run.service.js';
import { HostedController } from './hosted/hosted.controller.js';
import { BusinessHours } from './hours/business-hours.js';
import { HoursController } from './hours/hours.controller.js';
import { HoursService } from './hours/hours.service.js';
import { IdentityController } from './identity/identity.controller.js';
import { IdentityService } from './identity/identity.service.js';
import { IdentityIndexes } from './identity/identity-indexes.js';
import { InboxSecrets } from './identity/inbox-secrets.js';
import { InboxController } from './inboxes/inbox.controller.js';
import { InboxService } from './inboxes/inbox.service.js';
import { InboxAdmin } from './inboxes/inbox-admin.js';
import { InboxChanges } from './inboxes/inbox-changes.js';
import { InboxDirectory } from './inboxes/inbox-directory.js';
import { InboxNames } from './inboxes/inbox-names.js';
import { InboxViews } from './inboxes/inbox-views.js';
import { NoticeArchiveController, NoticeArchives } from './inboxes/notice-archive.js';
import { ConversationLabelService } from './labels/conversation-labels.js';
import { ConversationLabelController, LabelController } from './labels/label.controller.js';
import { LabelRepository } from './labels/label.repository.js';
import { LabelService } from './labels/label.service.js';
import { LabelNews } from './labels/label-news.js';
import { LiveViewController } from './live-view/live-view.controller.js';
import { LiveViews } from './live-view/live-views.js';
import { LookLeases } from './live-view/look-leases.js';
import { LookSigns } from './live-view/look-signs.js';
import { TakeOverService } from './live-view/take-over.service.js';
import { MentionController } from './mentions/mention.controller.js';
import { MentionService } from './mentions/mention.service.js';
import { Naming } from './mentions/naming.js';
import { AgentGateway } from './messages/agent.gateway.js';
import { AgentDoor } from './messages/agent-door.js';
import { AgentLimits } from './messages/agent-limits.js';
import { AgentNews } from './messages/agent-news.js';
import { AgentSessionWatch } from './messages/agent-session-watch.js';
import { SendService } from './messages/send.service.js';
import { StoredSends } from './messages/stored-sends.js';
import { VisitorNews } from './messages/visitor-news.js';
import { WidgetGateway } from './messages/widget.gateway.js';
import { WidgetEntrance } from './messages/widget-entrance.js';
import { PresenceService } from './presence/presence.service.js';
import { StoredRange } from './relay/stored-range.js';
import { STREAM_KINDS } from './relay/stream-kinds.js';
import { StreamRelay } from './relay/stream-relay.js';
import { LiveBoardController } from './reports/live-board.controller.js';
import { LiveBoardService } from './reports/live-board.js';
import { ROUTING_CONTROLLERS, ROUTING_PROVIDERS } from './routing/routing.providers.js';
import { RoutingNews } from './routing/routing-news.js';
import { SCHEDULED_CONTROLLERS, SCHEDULED_PROVIDERS } from './scheduled/scheduled.providers.js';
import { SnoozeController } from './snooze/snooze.controller.js';
import { SnoozeService } from './snooze/snooze.service.js';
import { SnoozeWaker } from './snooze/snooze-waker.js';
import { ChatWrites } from './stream/chat-writes.js';
import { MEMBER_NAMES } from './stream/member-names.js';
import { ReadWatch } from './stream/read-watch.js';
import { StreamEmitter } from './stream/stream-emitter.js';
import { CODES, StreamReader } from './stream/stream-reader.js';
import { StreamStep } from './stream/stream-step.js';
import { ViewController } from './views/view.controller.js';
import { ViewService } from './views/view.service.js';
import { ConsentSlips } from './widget-sessions/consent-slips.js';
import { DoorLimits } from './widget-sessions/door-limits.js';
import { EmbedPasses } from './widget-sessions/embed-passes.js';
import { KnownVisitors } from './widget-sessions/known-visitors.js';
import { PANEL } from './widget-sessions/panel-file.js';
import { readPanelFile } from './widget-sessions/read-panel-file.js';
import { VisitorService } from './widget-sessions/visitor.service.js';
import { VisitorBirths } from './widget-sessions/visitor-births.js';
import { SUBJECT_KEYS } from './widget-sessions/visitor-keys.js';
import { VisitorTokens } from './widget-sessions/visitor-tokens.js';
import { PanelController, WidgetController } from './widget-sessions/widget.controller.js';
import { WidgetDoor } from './widget-sessions/widget-door.js';

/** Live conversations: inboxes, the visitor's door, messages, delivery, the agents' list. */
@Module({
  imports: [AuthModule],
  controllers: [
    ConversationController,
    AssignmentController,
    MemberWorkController,
    LabelController,
    ConversationLabelController,
    ViewController,
    ...ROUTING_CONTROLLERS,
    SnoozeController,
    ...SCHEDULED_CONTROLLERS,
    DraftController,
    CannedController,
    MentionController,
    ChoicesController,
    WidgetController,
    PanelController,
    InboxController,
    NoticeArchiveController,
    HoursController,
    LiveViewController,
    LiveBoardController,
    IdentityController,
    HostedController,
    FirstRunController,
  ],
  providers: [
    ConversationRepository,
    ConversationService,
    ConversationReads,
    MessageRevealing,
    ConversationFaces,
    ConversationList,
    ListChecks,
    ListPeople,
    LabelRepository,
    LabelService,
    ConversationLabelService,
    LabelNews,
    ViewService,
    AssignmentService,
    ...ROUTING_PROVIDERS,
    SnoozeService,
    SnoozeWaker,
    ...SCHEDULED_PROVIDERS,
    DraftService,
    Naming,
    MentionService,
    CannedRows,
    CannedService,
    ColleagueList,
    InboxAdmin,
    InboxNames,
    InboxChanges,
    InboxViews,
    InboxService,
    InboxSecrets,
    IdentityIndexes,
    BusinessHours,
    HoursService,
    LookLeases,
    LookSigns,
    LiveViews,
    LiveBoardService,
    TakeOverService,
    IdentityService,
    NoticeArchives,
    AgentLimits,
    AgentSessionWatch,
    AgentDoor,
    AgentNews,
    AgentGateway,
    WidgetGateway,
    SendService,
    StoredSends,
    PresenceService,
    StreamReader,
    StoredRange,
    ReadWatch,
    ChatEraser,
    MemberWork,
    VisitorService,
    VisitorBirths,
    VisitorTokens,
    KnownVisitors,
    DoorLimits,
    WidgetDoor,
    EmbedWatch,
    FirstRunService,
    WidgetEntrance,
    PersonalChoicesService,
    ConversationConsent,
    VisitorNews,
    { provide: MEMBER_NAMES, inject: [MemberNames], useFactory: (names: MemberNames) => names.inService },
    { provide: SUBJECT_KEYS, useExisting: KeyService },
    {
      provide: InboxDirectory,
      inject: [DATABASE, CONFIG],
      useFactory: (database: Database, config: Config) =>
        new InboxDirectory(database, undefined, config.server.publicOrigin),
    },
    {
      provide: EmbedPasses,
      inject: [KeyService, CLOCK],
      useFactory: (keys: KeyService, clock: Clock) => new EmbedPasses(keys, clock),
    },
    {
      provide: ConsentSlips,
      inject: [KeyService, CLOCK, RegisterBook],
      useFactory: (keys: KeyService, clock: Clock, registers: RegisterBook) => new ConsentSlips(keys, clock, registers),
    },
    {
      provide: StreamEmitter,
      inject: [MemberNames, PersonalGate],
      useFactory: (names: MemberNames, gate: PersonalGate) =>
        new StreamEmitter(names.inService.peek, (tenantId, kind, role) => gate.visibility(tenantId, CODES[kind], role)),
    },
    {
      provide: StreamRelay,
      inject: [StreamEmitter, StoredRange, WAKE_UP, LOG, Measures],
      useFactory: makeRelay,
    },
    {
      provide: ChatWrites,
      inject: [
        Committer,
        SubjectStep,
        StreamEmitter,
        StreamRelay,
        InvalidationFeed,
        CLOCK,
        DATABASE,
        ConsumerRunner,
        RoutingNews,
      ],
      useFactory: makeWrites,
    },
    { provide: PANEL, inject: [CONFIG], useFactory: (config: Config) => readPanelFile(config.server.publicOrigin) },
  ],
  exports: [InboxAdmin],
})
export class ChatModule implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly consumers: ConsumerRunner,
    private readonly feed: InvalidationFeed,
    private readonly inboxes: InboxDirectory,
    private readonly tokens: VisitorTokens,
    private readonly names: InboxNames,
    private readonly modules: ModuleRef,
  ) {}

  /** Before the process finishes destructions that a crash interrupted. */
  onModuleInit(): void {
    this.modules.get(SubjectErasers, { strict: false }).add(this.modules.get(ChatEraser));
    this.modules.get(MemberWorks, { strict: false }).add(this.modules.get(MemberWork));
  }

  onApplicationBootstrap(): void {
    this.consumers.add(listProjection);
    this.consumers.add(this.modules.get(MemberWork));
    this.consumers.add(this.modules.get(LabelNews));
    const { exclusive } = this.modules.get<Database>(DATABASE, { strict: false });
    if (!exclusive) {
      this.consumers.add(this.modules.get(StreamRelay).listener(STREAM_KINDS));
      this.consumers.add(this.modules.get(LookSigns));
    }
    const hours = this.modules.get(BusinessHours);
    this.feed.onRow(({ kind, tenantId }) => {
      // Which hours an inbox goes by is a setting of its routing.
      if (kind === 'hours' || kind === 'routing') hours.drop(tenantId);
      if (kind === 'origin') {
        this.inboxes.drop();
        this.names.drop();
      }
      if (kind === 'token' || kind === 'key') this.tokens.drop();
    });
  }
}

function makeRelay(
  ...[emitter, source, wakeUp, log, measures]: [StreamEmitter, StoredRange, WakeUp, Log, Measures]
): StreamRelay {
  const onError = (error: unknown): void => log.warn('chat.relay-failed', { err: error });
  const relay = new StreamRelay({ emitter, source, wakeUp, onError });
  measures.add(relay.measure);
  return relay;
}

function makeWrites(
  ...[committer, subjects, emitter, relay, feed, clock, database, consumers, routing]: [
    Committer,
    SubjectStep,
    StreamEmitter,
    StreamRelay,
    InvalidationFeed,
    Clock,
    Database,
    ConsumerRunner,
    RoutingNews,
  ]
): ChatWrites {
  const stream = new StreamStep(clock, database.exclusive, (events) => {
    // A process that has its database for itself knows that nobody else writes.
    if (database.exclusive) emitter.emit(events);
    else relay.committed(events);
    routing.heard(events);
    consumers.wake();
  });
  return new ChatWrites(committer, subjects, stream, feed);
}
