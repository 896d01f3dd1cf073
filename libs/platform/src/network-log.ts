import { NetworkLog, NetworkLogRetention } from '@libs/audit';
import type { Database, UnitOfWork } from '@libs/database';
import type { Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import type { KeyService, NamedEraser } from '@libs/privacy';
import { Tenants } from '@libs/tenancy';

interface LogParts {
  readonly database: Database;
  readonly work: UnitOfWork;
  readonly keys: KeyService;
  readonly clock: Clock;
  readonly log: Log;
}

/** The network log of a process, with the part of an erasure that cuts its link to a person. */
export function openNetworkLog({ database, work, keys, clock, log }: LogParts): {
  readonly networkLog: NetworkLog;
  readonly eraser: NamedEraser;
  readonly retention: NetworkLogRetention;
} {
  const logKeys = {
    monthKey: (tenantId: string, month: string) => keys.tenantKey(tenantId, `log:${month}`),
    destroyMonth: (tenantId: string, month: string) => keys.destroyTenantKey(tenantId, `log:${month}`),
  };
  const tenants = new Tenants(database.reader, work, clock);
  const ends = { endedAt: (tenantId: string) => tenants.endedAt(tenantId) };
  const onError = (error: unknown): void => log.error('audit.network-log-failed', { err: error });
  const networkLog = new NetworkLog({ work, keys: logKeys, clock, onError });
  const retention = new NetworkLogRetention({ work, keys: logKeys, ends, clock });
  const eraser: NamedEraser = {
    name: 'network-log',
    erase: (tenantId, subjectId) => retention.erase(tenantId, subjectId),
  };
  return { networkLog, eraser, retention };
}
