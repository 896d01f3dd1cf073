import { MEMBERS_OF_LOGIN } from '@libs/database';
import { credentialsInvalid, noWorkspace } from '../auth.errors.js';
import { inTenant } from '../in-tenant.js';
import type { PasswordHasher } from '../logins/password-hasher.js';
import type { MemberRole } from '../members/roles.js';
import type { KnownLogin, StaffAccounts } from '../members/staff-accounts.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { AgentSession, AgentSessions } from '../sessions/agent-sessions.js';
import type { AttemptGuard } from './attempt-guard.js';

/** One try to sign in. */
export interface SignInAttempt {
  readonly identifier: string;
  readonly password: string;
  /** Address of the client, to count its failures. */
  readonly address: string;
  /** Which workspace, for a login that has several. */
  readonly tenantId?: string;
  readonly correlationId: string;
}

/** A workspace that a login opens. */
export interface WorkspaceChoice {
  readonly tenantId: string;
  readonly name: string;
  readonly slug: string;
}

/** Either signed in, or asked which workspace. */
export type SignInResult =
  | { readonly kind: 'signed-in'; readonly cookie: string; readonly session: AgentSession }
  | { readonly kind: 'choose'; readonly choices: readonly WorkspaceChoice[] };

interface MemberRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly subject_id: string;
  readonly role: MemberRole;
  readonly name: string;
  readonly slug: string;
}

/** What sign-in works with. */
export interface SignInParts {
  readonly accounts: StaffAccounts;
  readonly platform: PlatformTenant;
  readonly hasher: PasswordHasher;
  readonly sessions: AgentSessions;
  readonly attempts: AttemptGuard;
}

/** Opens sessions for those who know the password; tells everybody else the same (F-0106, P-1012). */
export class SignInService {
  constructor(
    private readonly ports: AuthPorts,
    private readonly parts: SignInParts,
  ) {}

  /** Refuses with `account.credentials-invalid`, `account.locked`, `account.no-workspace` or `account.busy`. */
  async signIn(attempt: SignInAttempt): Promise<SignInResult> {
    const login = await this.authenticate(attempt);
    const members = await this.ports.database.reader.all<MemberRow>(MEMBERS_OF_LOGIN, [login.id]);
    const wanted = attempt.tenantId;
    if (wanted === undefined && members.length > 1) {
      return {
        kind: 'choose',
        choices: members.map(({ tenant_id, name, slug }) => ({ tenantId: tenant_id, name, slug })),
      };
    }
    const member = wanted === undefined ? members[0] : members.find((one) => one.tenant_id === wanted);
    if (!member) throw noWorkspace();
    return { kind: 'signed-in', ...(await this.openSession(login, member, attempt.correlationId)) };
  }

  private async authenticate({ identifier, password, address, correlationId }: SignInAttempt): Promise<KnownLogin> {
    const { accounts, attempts } = this.parts;
    const begun = attempts.begin(await accounts.indexOf(identifier), address);
    const { login, right } = await this.compare(identifier, password).catch((error: unknown) => {
      attempts.undecided(begun);
      throw error;
    });
    if (login && right) {
      attempts.succeeded(begun);
      return login;
    }
    if (begun.locks) await this.recordLock(login, correlationId);
    throw credentialsInvalid();
  }

  private async compare(identifier: string, password: string): Promise<{ login?: KnownLogin; right: boolean }> {
    const login = await this.parts.accounts.findLogin(identifier);
    const right = await this.parts.hasher.verify(login?.secretHash, password);
    return login ? { login, right } : { right };
  }

  /**
   * The password may be changed between its check and the commit. So the transaction first takes the lock on the member
   * that `setPassword` waits for, then reads the login again: either this session is seen and ended, or it is refused.
   */
  private async openSession(login: KnownLogin, { tenant_id: tenantId, id }: MemberRow, correlationId: string) {
    const { sessions } = this.parts;
    const prepared = await sessions.prepare(tenantId);
    const actor = { kind: 'member', id } as const;
    const session = await inTenant(tenantId, () =>
      this.ports.work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async (work) => {
        const opened = await sessions.open(work, prepared, id);
        if (!(await this.parts.accounts.isCurrent(login))) throw credentialsInvalid();
        return opened;
      }),
    );
    return { cookie: prepared.cookie, session };
  }

  /** A security event for the journal; the same work is done for an account that does not exist. */
  private async recordLock(login: KnownLogin | undefined, correlationId: string): Promise<void> {
    await this.ports.committer.submit({
      tenantId: await this.parts.platform.id(),
      actor: { kind: 'system', id: 'sign-in' },
      purpose: 'security',
      correlationId,
      steps: [],
      journal: [
        {
          kind: 'account.sign-in-locked.v1',
          subjectId: login?.subjectId ?? null,
          resource: `login:${login?.id ?? 'unknown'}`,
          fields: '',
          commitment: null,
        },
      ],
    });
  }
}
