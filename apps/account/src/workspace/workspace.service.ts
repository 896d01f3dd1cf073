import { workspaceName } from '@libs/auth';
import type { TenantKind, WorkspaceView } from '@libs/contracts';
import { DATABASE, type Database, lastChangeOf, UnitOfWork } from '@libs/database';
import { CLOCK, type Clock, OvertakenError, UnexpectedError } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly kind: TenantKind;
  readonly created_at: number | string;
  readonly version: number | string;
}

/** Who edits, and as of which version. */
export interface WorkspaceEditor {
  readonly tenantId: string;
  readonly memberId: string;
  readonly correlationId: string;
}

/** Name of the workspace. Its address stays what it is: links lead there. */
@Injectable()
export class WorkspaceService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async show(tenantId: string): Promise<WorkspaceView> {
    // The list of tenants belongs to no tenant; the id is the caller's own.
    const [row] = await this.database.reader.all<Row>(
      'SELECT id, name, slug, kind, created_at, version FROM tenant_tenant WHERE id = ?',
      [tenantId],
    );
    if (!row) throw new UnexpectedError('account.tenant-missing', 'A session names a tenant that is not there');
    const { id, name, slug, kind, created_at: createdAt, version } = row;
    return { id, name, slug, kind, createdAt: Number(createdAt), version: Number(version) };
  }

  /** 422 `account.workspace-name-invalid` as in signing up; 409 `account.edit-conflict` where somebody else was quicker. */
  async giveName(
    by: WorkspaceEditor,
    wish: { readonly name: string; readonly version: number },
  ): Promise<WorkspaceView> {
    const { tenantId, memberId, correlationId } = by;
    const name = workspaceName('name', wish.name);
    const scope = {
      tenantId,
      actor: { kind: 'member', id: memberId },
      purpose: 'service-account',
      correlationId,
    } as const;
    await this.work.run(scope, async ({ tx, record }) => {
      const changed = await tx.run(
        'UPDATE tenant_tenant SET name = ?, version = version + 1, changed_by = ?, changed_at = ? ' +
          'WHERE id = ? AND version = ?',
        [name, memberId, this.clock.now(), tenantId, wish.version],
      );
      if (changed === 0) {
        const last = await lastChangeOf(tx, 'tenant_tenant', { id: tenantId });
        throw new OvertakenError(
          'account.edit-conflict',
          'Somebody else changed this meanwhile. Please look again.',
          last,
        );
      }
      record({
        ...{ kind: 'tenant.tenant-renamed.v1', subjectId: null, resource: `tenant:${tenantId}` },
        ...{ fields: 'name', commitment: null },
      });
    });
    return this.show(tenantId);
  }
}
