import type { SignInEntry } from '@libs/contracts';
import { insertRow, type Step, type Tx } from '@libs/database';
import { newId } from '@libs/kernel';
import { field } from '@libs/privacy';
import { inTenant } from '../in-tenant.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { LoginPerson } from '../second-factor/second-factors.js';
import { deviceFamily } from './device-family.js';
import type { Whereabouts } from './known-places.js';
import { maskedNetwork } from './masked-network.js';

const DEVICE = field('auth_login_event', 'device_sealed', 'contact', ['security']);
const NETWORK = field('auth_login_event', 'network_sealed', 'contact', ['security']);
const COLUMNS = ['id', 'login_id', 'subject_id', 'kind', 'at', 'device_sealed', 'network_sealed', 'session_id'];
/** How long a person sees what happened. */
export const EVENTS_KEPT_MS = 180 * 24 * 3_600_000;
/** Newest entries that are shown. */
const SHOWN = 100;

/** Kinds of events. A wrong password is none: everybody could fill a stranger's list with it. */
export type LoginEventKind = SignInEntry['kind'];

/** An event that is ready to be written. */
export interface PreparedEvent {
  readonly tenantId: string;
  readonly values: readonly (string | number | Buffer | null)[];
}

/** Kinds that are journaled by whoever causes them have no entry here. */
const JOURNALED = {
  'second-step-failed': 'account.second-step-failed.v1',
  unusual: 'account.sign-in-unusual.v1',
} as const;

interface EventRow {
  readonly id: string;
  readonly kind: LoginEventKind;
  readonly at: number | string;
  readonly device_sealed: Buffer | null;
  readonly network_sealed: Buffer | null;
  readonly session_id: string | null;
}

/** What happened to a login, for its owner: sealed, shown in `GET /account/me/sign-ins` (P-1012). */
export class LoginEvents {
  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
  ) {}

  /** Seals an event; before the transaction, because keys are fetched. */
  async prepare(login: LoginPerson, kind: LoginEventKind, where?: Whereabouts): Promise<PreparedEvent> {
    const tenantId = await this.platform.id();
    const { cipher, clock } = this.ports;
    await cipher.load(tenantId, [login.subjectId], DEVICE.group);
    const now = clock.now();
    const id = newId(now);
    const seal = (spec: typeof DEVICE, text: string | null): Buffer | null =>
      text === null ? null : cipher.seal(tenantId, login.subjectId, spec, id, text, 'security');
    const device = seal(DEVICE, where ? deviceFamily(where.userAgent) : null);
    const network = seal(NETWORK, where ? maskedNetwork(where.address) : null);
    return { tenantId, values: [id, login.id, login.subjectId, kind, now, device, network] };
  }

  /** Writes it in a transaction that names the platform. */
  async write(tx: Tx, { tenantId, values }: PreparedEvent, sessionId: string | null = null): Promise<void> {
    await tx.insert('auth_login_event', ['tenant_id', ...COLUMNS], [[tenantId, ...values, sessionId]]);
  }

  /** The same as a step of a write set of the platform. */
  step({ values }: PreparedEvent): Step {
    return insertRow.step({ table: 'auth_login_event', columns: COLUMNS, values: [...values, null] });
  }

  /** Writes an event of its own, with its line in the journal. */
  async record(
    login: LoginPerson,
    kind: keyof typeof JOURNALED,
    where: Whereabouts,
    correlationId: string,
  ): Promise<void> {
    const event = await this.prepare(login, kind, where);
    const fields = 'kind,device_sealed,network_sealed';
    await this.ports.committer.submit({
      ...{ tenantId: event.tenantId, actor: { kind: 'system', id: 'sign-in' }, purpose: 'security', correlationId },
      steps: [this.ports.subjects.step({ subjectId: login.subjectId }), this.step(event)],
      journal: [
        {
          ...{ kind: JOURNALED[kind], subjectId: login.subjectId, resource: `login:${login.id}` },
          ...{ fields, commitment: null },
        },
      ],
    });
  }

  /** What happened to a login, newest first; which sessions live is the caller's to say. */
  async list(login: LoginPerson): Promise<readonly Omit<SignInEntry, 'current'>[]> {
    const tenantId = await this.platform.id();
    const { cipher, clock, database } = this.ports;
    const rows = await inTenant(tenantId, () =>
      database.reader.all<EventRow>(
        'SELECT id, kind, at, device_sealed, network_sealed, session_id FROM auth_login_event ' +
          `WHERE tenant_id = ? AND login_id = ? AND at > ? ORDER BY id DESC LIMIT ${SHOWN}`,
        [tenantId, login.id, clock.now() - EVENTS_KEPT_MS],
      ),
    );
    await cipher.load(tenantId, [login.subjectId], DEVICE.group);
    return rows.map(({ id, kind, at, device_sealed, network_sealed, session_id }) => {
      const open = (spec: typeof DEVICE, sealed: Buffer | null): string | null =>
        sealed && cipher.open(tenantId, login.subjectId, spec, id, sealed, 'security');
      const words = { device: open(DEVICE, device_sealed), network: open(NETWORK, network_sealed) };
      return { id, kind, at: Number(at), ...words, sessionId: session_id };
    });
  }
}
