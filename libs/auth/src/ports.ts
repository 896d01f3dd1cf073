import type { Committer, Database, UnitOfWork } from '@libs/database';
import type { InvalidationFeed } from '@libs/events';
import type { Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import type { Outgoing } from '@libs/outgoing';
import type { FieldCipher, SubjectStep } from '@libs/privacy';
import type { KeyGroup } from '@libs/privacy-core';
import type { TenantSettings } from '@libs/tenancy';

/** What sign-in needs from the key service: keys before rows, and the keys of blind indexes. */
export interface SubjectKeys {
  /** Makes the keys of a person who has no row yet; without a row they are swept after a day. */
  create(tenantId: string, subjectId: string, groups: readonly KeyGroup[]): Promise<void>;
  /** A key of the whole tenant, made on first use; for blind indexes and tokens. */
  tenantKey(tenantId: string, name: string): Promise<Buffer>;
}

/** Everything that `libs/auth` stands on. Bound once by the composition root. */
export interface AuthPorts {
  readonly database: Database;
  readonly work: UnitOfWork;
  readonly committer: Committer;
  readonly subjects: SubjectStep;
  readonly feed: InvalidationFeed;
  readonly cipher: FieldCipher;
  readonly keys: SubjectKeys;
  /** Erases a person for good: whoever was invited and does not come. */
  readonly destruction: { destroySubject(tenantId: string, subjectId: string): Promise<boolean> };
  readonly clock: Clock;
  /** Text messages and mail, where they are set. */
  readonly outgoing: Pick<Outgoing, 'sms' | 'mail'>;
  /** Settings of workspaces. */
  readonly settings: Pick<TenantSettings, 'number'>;
  /** Where links lead. */
  readonly publicOrigin: string;
  readonly log: Log;
}

/** Token of `AuthPorts`. */
export const AUTH_PORTS = Symbol('AUTH_PORTS');
