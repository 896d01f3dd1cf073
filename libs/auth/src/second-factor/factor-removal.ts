import type { Actor, Tx } from '@libs/database';
import { TENANTS_OF_LOGIN } from '@libs/database';
import { newId } from '@libs/kernel';
import { loginElsewhere, loginNotFound, secondAdminRequired } from '../auth.errors.js';
import { memberErrors } from '../members/member.errors.js';
import type { StaffAccounts } from '../members/staff-accounts.js';
import type { AuthPorts } from '../ports.js';
import type { SecurityLetters } from '../security/security-letters.js';
import type { LoginStandings } from '../sign-in/login-standing.js';
import type { SecondFactors } from './second-factors.js';

/** Who takes somebody's second factor away. */
export interface RemovingAdmin {
  readonly tenantId: string;
  readonly memberId: string;
  readonly correlationId: string;
}

/** What a removal works with. */
export interface FactorRemovalParts {
  readonly accounts: StaffAccounts;
  readonly standings: LoginStandings;
  readonly factors: SecondFactors;
  readonly letters: SecurityLetters;
}

const CONSOLE: Actor = { kind: 'system', id: 'console' };

/** Takes away the second factor of somebody who lost it: by a second admin, or on the server's console (decision 0007). */
export class FactorRemoval {
  constructor(
    private readonly ports: Pick<AuthPorts, 'database' | 'clock'>,
    private readonly parts: FactorRemovalParts,
  ) {}

  /**
   * By an admin who is not the only one, for another member whose login opens no other workspace: otherwise this
   * workspace would decide about that one's safety. An owner's is taken away by an owner only.
   */
  async byAdmin(admin: RemovingAdmin, memberId: string): Promise<void> {
    const { tenantId, correlationId } = admin;
    const login = await this.parts.standings.ofMember(tenantId, memberId);
    if (!login) throw memberErrors.notFound();
    if (memberId === admin.memberId) throw secondAdminRequired();
    const tenants = await this.ports.database.reader.all<{ tenant_id: string }>(TENANTS_OF_LOGIN, [login.id]);
    if (tenants.some((one) => one.tenant_id !== tenantId)) throw loginElsewhere();
    const actor = { kind: 'member', id: admin.memberId } as const;
    const check = (tx: Tx): Promise<void> => assertMayRemove(tx, admin, memberId);
    await this.parts.factors.remove({ login, actor, correlationId }, { tenantId, check });
    this.parts.letters.tell(login, 'second-factor-removed', { correlationId });
  }

  /** By whoever has the server: for the last admin. */
  async onConsole(email: string): Promise<void> {
    const login = await this.parts.accounts.findLogin(email);
    if (!login) throw loginNotFound();
    const correlationId = newId(this.ports.clock.now());
    await this.parts.factors.remove({ login, actor: CONSOLE, correlationId });
    this.parts.letters.tell(login, 'second-factor-removed', { correlationId });
  }
}

async function assertMayRemove(tx: Tx, { tenantId, memberId }: RemovingAdmin, ofMember: string): Promise<void> {
  const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
  const admins = await tx.all<{ id: string; role: string }>(
    "SELECT id, role FROM auth_member WHERE tenant_id = ? AND state = 'active' AND role IN ('owner', 'admin') " +
      `ORDER BY id${lock}`,
    [tenantId],
  );
  const by = admins.find(({ id }) => id === memberId);
  if (admins.length < 2 || !by) throw secondAdminRequired();
  const isOwners = admins.some(({ id, role }) => id === ofMember && role === 'owner');
  if (isOwners && by.role !== 'owner') throw memberErrors.ownerOnly();
}
