import type { SqlRow } from '@libs/database';
import { ManualClock, newId } from '@libs/kernel';
import { openDesk } from '@libs/platform';
import { runInTenant } from '@libs/tenancy';
import { type Column, openTestPlatform, type TestPlatform } from '@libs/testing';
import type { Who } from '../register/register-version.js';

/** A real platform with people to read about. */
export interface DeskWorld extends TestPlatform {
  readonly clock: ManualClock;
  readonly tenantId: string;
  /** A member at work; a new one each time. */
  who(): Who;
  /** A member with a row and a role: one that may agree to what another asks for. */
  member(role?: string): Promise<Who>;
  /** A person of the tenant. */
  person(tenantId?: string): Promise<string>;
  /** The same parts as another process has them. */
  another(): ReturnType<typeof openDesk>;
  rows<R extends object = SqlRow>(sql: string, params?: readonly (string | number)[], tenantId?: string): Promise<R[]>;
  /** Kinds and details of the journal about `resource`, oldest first. */
  journal(resource: string): Promise<readonly JournalLine[]>;
}

/** A journal row, as far as tests ask. */
export interface JournalLine {
  readonly kind: string;
  readonly actor: string;
  readonly purpose: string;
  readonly subject_id: string | null;
  readonly fields: string;
  readonly detail: string;
}

/** Opens a fresh database with two tenants and a clock that stands still. */
export async function openDeskWorld(column: Column): Promise<DeskWorld> {
  const clock = new ManualClock(Date.now());
  const world = await openTestPlatform({ column, clock });
  const { platform, tenants } = world;
  const [tenantId] = tenants;
  const rows: DeskWorld['rows'] = async (sql, params = [], of = tenantId) =>
    runInTenant({ tenantId: of, actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, async () =>
      platform.database.reader.all(sql, [of, ...params]),
    );
  const person: DeskWorld['person'] = async (of = tenantId) => {
    const subjectId = newId();
    await platform.committer.submit({
      ...{ tenantId: of, actor: { kind: 'visitor', id: subjectId }, purpose: 'support-conversation' },
      ...{ correlationId: 'test', steps: [platform.subjects.step({ subjectId, create: 'visitor' })] },
      journal: [
        {
          ...{ kind: 'chat.conversation-opened.v1', subjectId, resource: `subject:${subjectId}` },
          ...{ fields: '', commitment: null },
        },
      ],
    });
    return subjectId;
  };
  return {
    ...world,
    clock,
    tenantId,
    rows,
    who: () => ({ tenantId, memberId: newId(), correlationId: newId() }),
    member: async (role = 'admin') => {
      const memberId = newId();
      const values = [
        tenantId,
        memberId,
        await person(tenantId),
        newId(),
        role,
        Buffer.alloc(1),
        'active',
        clock.now(),
      ];
      await platform.work.upkeep(async (tx) => tx.insert('auth_member', MEMBER, [values]), new Set([tenantId]));
      return { tenantId, memberId, correlationId: newId() };
    },
    person,
    another: () => openDesk(platform),
    journal: (resource) =>
      rows<JournalLine>(
        'SELECT kind, actor, purpose, subject_id, fields, detail FROM event_journal ' +
          'WHERE tenant_id = ? AND resource = ? ORDER BY id',
        [resource],
      ),
  };
}

const MEMBER = ['tenant_id', 'id', 'subject_id', 'login_id', 'role', 'display_name_sealed', 'state', 'created_at'];
