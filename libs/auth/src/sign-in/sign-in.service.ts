import type { SecondStep } from '@libs/contracts';
import { MEMBERS_OF_LOGIN } from '@libs/database';
import { credentialsInvalid, loginFrozen, noWorkspace, ticketInvalid } from '../auth.errors.js';
import { inTenant } from '../in-tenant.js';
import type { PasswordHasher } from '../logins/password-hasher.js';
import type { MemberRole } from '../members/roles.js';
import type { KnownLogin, StaffAccounts } from '../members/staff-accounts.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { AgentSession, AgentSessions } from '../sessions/agent-sessions.js';
import type { AttemptGuard } from './attempt-guard.js';
import type { LoginStanding, LoginStandings } from './login-standing.js';
import { type SignInTickets, secretName } from './sign-in-ticket.js';

/** Where somebody signs in from, and what is wanted. */
export interface SignInPlace {
  /** Address of the client, to count its failures. */
  readonly address: string;
  readonly userAgent?: string | undefined;
  /** Which workspace, for a login that has several. */
  readonly tenantId?: string | undefined;
  /** To stay signed in on this device (F-0111). */
  readonly keep?: boolean | undefined;
  readonly correlationId: string;
}

/** One try to sign in. */
export interface SignInAttempt extends SignInPlace {
  readonly identifier: string;
  readonly password: string;
}

/** What follows the first proof: `new` for a login that was made a moment ago. */
export interface FirstProof extends SignInPlace {
  readonly shown: 'password' | 'code' | 'new';
}

/** The next step, with the ticket of the one before. */
export interface SignInStep extends SignInPlace {
  readonly ticket: string;
  readonly method?: SecondStep | undefined;
  readonly code?: string | undefined;
}

/** A workspace that a login opens. */
export interface WorkspaceChoice {
  readonly tenantId: string;
  readonly name: string;
  readonly slug: string;
}

/** Signed in, or asked for more; `keep` says how long the browser should keep the cookie. */
export type SignInResult =
  | { readonly kind: 'signed-in'; readonly cookie: string; readonly keep: boolean; readonly session: AgentSession }
  | { readonly kind: 'choose'; readonly choices: readonly WorkspaceChoice[]; readonly ticket: string }
  | {
      readonly kind: 'verify';
      readonly ticket: string;
      readonly methods: readonly SecondStep[];
      readonly expiresAt: number;
    };

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
  readonly standings: LoginStandings;
  readonly platform: PlatformTenant;
  readonly hasher: PasswordHasher;
  readonly sessions: AgentSessions;
  readonly attempts: AttemptGuard;
  readonly tickets: SignInTickets;
}

/** Opens sessions for those who know the password; tells everybody else the same (F-0106, P-1012). */
export class SignInService {
  constructor(
    private readonly ports: AuthPorts,
    private readonly parts: SignInParts,
  ) {}

  /** Refuses with `account.credentials-invalid`, `account.locked`, `account.no-workspace` or `account.busy`. */
  async signIn(attempt: SignInAttempt): Promise<SignInResult> {
    return this.proceed(await this.authenticate(attempt), { ...attempt, shown: 'password' });
  }

  /** Everything after the first proof. `login` is what was proven; what it is by now is read again. */
  async proceed(login: KnownLogin, how: FirstProof): Promise<SignInResult> {
    const standing = await this.parts.standings.of(login.id);
    if (!standing || standing.secretHash !== login.secretHash) throw credentialsInvalid();
    if (standing.state === 'frozen') throw loginFrozen();
    return this.enter(standing, how);
  }

  /** Takes the step that a ticket is for: the second factor, or the choice of a workspace. */
  async verify(step: SignInStep): Promise<SignInResult> {
    const ticket = await this.parts.tickets.read(step.ticket);
    const login = await this.parts.standings.of(ticket.loginId);
    if (!login || secretName(login.secretHash) !== ticket.secret) throw ticketInvalid();
    if (login.state === 'frozen') throw loginFrozen();
    return this.enter(login, { ...step, keep: ticket.keep, tenantId: step.tenantId ?? ticket.tenantId });
  }

  /** All proofs are there: the session, or the choice of a workspace. */
  private async enter(login: LoginStanding, place: SignInPlace): Promise<SignInResult> {
    const members = await this.ports.database.reader.all<MemberRow>(MEMBERS_OF_LOGIN, [login.id]);
    const { tenantId: wanted, keep = false } = place;
    if (wanted === undefined && members.length > 1) {
      const choices = members.map(({ tenant_id, name, slug }) => ({ tenantId: tenant_id, name, slug }));
      const { ticket } = await this.parts.tickets.make(login, { step: 'choose', methods: [], keep });
      return { kind: 'choose', choices, ticket };
    }
    const member = wanted === undefined ? members[0] : members.find((one) => one.tenant_id === wanted);
    if (!member) throw noWorkspace();
    const opened = await this.openSession(login, member, { keep, correlationId: place.correlationId });
    return { kind: 'signed-in', keep, ...opened };
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
  private async openSession(
    login: LoginStanding,
    { tenant_id: tenantId, id }: MemberRow,
    { keep, correlationId }: { readonly keep: boolean; readonly correlationId: string },
  ) {
    const { sessions } = this.parts;
    const prepared = await sessions.prepare(tenantId);
    const actor = { kind: 'member', id } as const;
    const session = await inTenant(tenantId, () =>
      this.ports.work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async (work) => {
        const opened = await sessions.open(work, prepared, id, keep);
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
