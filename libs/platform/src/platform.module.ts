import { NetworkLog } from '@libs/audit';
import { AUTH_PORTS, type AuthPorts } from '@libs/auth';
import { Committer, DATABASE, UnitOfWork } from '@libs/database';
import { ConsumerRunner, InvalidationFeed, WAKE_UP } from '@libs/events';
import { CONTEXT_RUNNER, type ContextRunner, Measures, READINESS_CHECKS } from '@libs/http';
import { Closing } from '@libs/kernel';
import {
  Approvals,
  ConsentAsks,
  ConsentBook,
  ErasureQueue,
  FIELD_CIPHER,
  KeyService,
  LinkBook,
  PersonalGate,
  ReadAccounts,
  RegisterBook,
  RevealGuard,
  SubjectErasers,
  SubjectStep,
} from '@libs/privacy';
import { runInTenant, TenantSettings } from '@libs/tenancy';
import type { DynamicModule, Provider } from '@nestjs/common';
import { diskCheck } from './disk-check.js';
import type { Platform } from './platform.js';
import { platformMeasures } from './platform-measures.js';

const PLATFORM_MEASURES = Symbol('PLATFORM_MEASURES');

class PlatformModule {
  constructor(private readonly platform: Platform) {}

  /** Every service has added its erasers, and no port is open yet. */
  async onApplicationBootstrap(): Promise<void> {
    await this.platform.upkeep.start();
    this.platform.erasures.start();
  }

  /** After the server has drained. */
  onApplicationShutdown(): Promise<void> {
    return this.platform.close();
  }
}

/** Offers the parts of `platform` to every module of the process; one of the two global modules there are. */
export function platformModule(platform: Platform): DynamicModule {
  const providers: Provider[] = [
    { provide: DATABASE, useValue: platform.database },
    { provide: Committer, useValue: platform.committer },
    { provide: UnitOfWork, useValue: platform.work },
    { provide: InvalidationFeed, useValue: platform.feed },
    { provide: ConsumerRunner, useValue: platform.consumers },
    { provide: WAKE_UP, useValue: platform.wakeUp },
    { provide: SubjectStep, useValue: platform.subjects },
    { provide: KeyService, useValue: platform.keys },
    { provide: FIELD_CIPHER, useValue: platform.cipher },
    { provide: RegisterBook, useValue: platform.privacy.register },
    { provide: ConsentBook, useValue: platform.privacy.consents },
    { provide: ConsentAsks, useValue: platform.privacy.asks },
    { provide: LinkBook, useValue: platform.privacy.links },
    { provide: PersonalGate, useValue: platform.privacy.gate },
    { provide: ErasureQueue, useValue: platform.privacy.erasures },
    { provide: ReadAccounts, useValue: platform.desk.reads },
    { provide: RevealGuard, useValue: platform.desk.reveals },
    { provide: Approvals, useValue: platform.desk.approvals },
    { provide: TenantSettings, useValue: platform.settings },
    { provide: Closing, useValue: platform.closing },
    { provide: NetworkLog, useValue: platform.networkLog },
    { provide: SubjectErasers, useValue: platform.upkeep.erasers },
    { provide: AUTH_PORTS, useValue: authPorts(platform) },
    { provide: CONTEXT_RUNNER, useValue: contextRunner },
    { provide: READINESS_CHECKS, useValue: [feedCheck(platform), diskCheck(platform.config), databaseCheck(platform)] },
  ];
  return {
    module: PlatformModule,
    global: true,
    providers: [
      ...providers,
      { provide: PlatformModule, useFactory: () => new PlatformModule(platform) },
      {
        provide: PLATFORM_MEASURES,
        inject: [Measures],
        useFactory: (measures: Measures) => measures.add(...platformMeasures(platform)),
      },
    ],
    exports: providers.map((provider) => (provider as { provide: symbol }).provide),
  };
}

/** The ports of `libs/auth`, from the parts of a platform. */
export function authPorts(platform: Platform): AuthPorts {
  const { config, log, database, work, committer, subjects, feed, cipher, keys, upkeep, outgoing, settings, clock } =
    platform;
  return {
    database,
    work,
    committer,
    subjects,
    feed,
    cipher,
    clock,
    outgoing,
    settings,
    publicOrigin: config.server.publicOrigin,
    log,
    destruction: upkeep.destruction,
    keys: {
      create: (tenantId, subjectId, groups) => keys.createSubject(tenantId, subjectId, groups),
      tenantKey: (tenantId, name) => keys.tenantKey(tenantId, name),
    },
  };
}

const contextRunner: ContextRunner = ({ tenantId, actor, correlationId }, run) => {
  const kind = actor.kind === 'agent' ? 'member' : actor.kind;
  return runInTenant({ tenantId, actor: { kind, id: actor.id }, correlationId }, run);
};

function feedCheck({ feed }: Platform) {
  return {
    name: 'feed',
    check: async () => feed.assertFresh(),
  };
}

/** Not ready while the database owes an answer to a write; it is asked by what waits for it, so nothing is added here. */
function databaseCheck({ database }: Platform) {
  return {
    name: 'database',
    check: async () => database.assertAnswers?.(),
  };
}
