import type { SecondStep } from '@libs/contracts';
import { MEMBERS_OF_LOGIN } from '@libs/database';
import { AppError } from '@libs/kernel';
import { credentialsInvalid, loginFrozen, noWorkspace, secondStepRequired, ticketInvalid } from '../auth.errors.js';
import { inTenant } from '../in-tenant.js';
import type { InvitationAcceptance } from '../invitations/invitation-acceptance.js';
import type { LoginChanges } from '../logins/login-changes.js';
import type { PasswordHasher } from '../logins/password-hasher.js';
import type { MemberRole } from '../members/roles.js';
import type { KnownLogin, StaffAccounts } from '../members/staff-accounts.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { KnownPlaces } from '../security/known-places.js';
import type { LoginEvents } from '../security/login-events.js';
import type { SecurityLetters } from '../security/security-letters.js';
import type { AgentSessions, PendingSession } from '../sessions/agent-sessions.js';
import type { Attempt, AttemptGuard } from './attempt-guard.js';
import type { LoginStanding, LoginStandings } from './login-standing.js';
import type { SecondSteps } from './second-steps.js';
import { SECOND_STEP_LIMITS, type SecondTally } from './second-tally.js';
import { type JoinWish, type SignInTickets, secretName } from './sign-in-ticket.js';

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
  /** An invitation that the login accepts once it has shown all that is asked of it: a password alone joins nothing. */
  readonly joins?: JoinWish | undefined;
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
  | { readonly kind: 'signed-in'; readonly cookie: string; readonly keep: boolean; readonly session: PendingSession }
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
  readonly places: KnownPlaces;
  readonly events: LoginEvents;
  readonly second: SecondSteps;
  readonly tally: SecondTally;
  readonly changes: LoginChanges;
  readonly acceptance: InvitationAcceptance;
  readonly letters?: SecurityLetters | undefined;
}

/** Stands in for the id of a login that does not exist. */
const NOBODY = '00000000-0000-7000-8000-000000000000';

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
    const standing = await this.assertOpen(login);
    const methods = await this.parts.second.methodsFor(standing, how);
    if (methods.length === 0) return this.enter(standing, how, how.joins);
    const { keep = false, tenantId, joins } = how;
    const wanted = { ...(tenantId === undefined ? {} : { tenantId }), ...(joins ? { joins } : {}) };
    const shown = { step: 'verify', methods, keep, ...wanted } as const;
    return { kind: 'verify', methods, ...(await this.parts.tickets.make(standing, shown)) };
  }

  /** What was proven still holds, and the login is not frozen. */
  private async assertOpen(login: KnownLogin): Promise<LoginStanding> {
    const standing = await this.parts.standings.of(login.id);
    if (!standing || standing.secretHash !== login.secretHash) throw credentialsInvalid();
    if (standing.state === 'frozen') throw loginFrozen();
    return standing;
  }

  /** Takes the step that a ticket is for: the second factor, or the choice of a workspace. */
  async verify(step: SignInStep): Promise<SignInResult> {
    const ticket = await this.parts.tickets.read(step.ticket);
    const login = await this.parts.standings.of(ticket.loginId);
    if (!login || secretName(login.secretHash) !== ticket.secret) throw ticketInvalid();
    if (login.state === 'frozen') throw loginFrozen();
    if (ticket.step === 'verify') await this.showSecond(login, step, ticket.methods);
    const place = { ...step, keep: ticket.keep, tenantId: step.tenantId ?? ticket.tenantId };
    return this.enter(login, place, ticket.joins);
  }

  /** All proofs are there: the membership that was wanted, then the session, or the choice of a workspace. */
  private async enter(login: LoginStanding, place: SignInPlace, joins?: JoinWish): Promise<SignInResult> {
    const { correlationId } = place;
    const joined = joins && (await this.parts.acceptance.accept({ ...joins, correlationId }, login));
    const members = await this.ports.database.reader.all<MemberRow>(MEMBERS_OF_LOGIN, [login.id]);
    const { tenantId: wanted = joined?.tenantId, keep = false } = place;
    if (wanted === undefined && members.length > 1) {
      const choices = members.map(({ tenant_id, name, slug }) => ({ tenantId: tenant_id, name, slug }));
      const { ticket } = await this.parts.tickets.make(login, { step: 'choose', methods: [], keep });
      return { kind: 'choose', choices, ticket };
    }
    const member = wanted === undefined ? members[0] : members.find((one) => one.tenant_id === wanted);
    if (!member) throw noWorkspace();
    return { kind: 'signed-in', keep, ...(await this.openSession(login, member, place)) };
  }

  /** The first proof alone, counted: for doors that ask for a password themselves, then `proceed`. */
  async authenticate(attempt: SignInAttempt): Promise<KnownLogin> {
    const { accounts, attempts, places } = this.parts;
    const { identifier, password, address } = attempt;
    const index = await accounts.indexOf(identifier);
    const login = await accounts.findLogin(identifier);
    // Asked for an unknown login too, so that both take as long.
    const { network } = await places.look(login?.id ?? NOBODY, attempt);
    const begun = attempts.begin(index, address, network);
    const right = await this.parts.hasher.verify(login?.secretHash, password).catch((error: unknown) => {
      attempts.undecided(begun);
      throw error;
    });
    if (login && right) {
      // What failed before is forgiven only to who gets through all steps.
      if (await this.parts.second.isEnrolled(login)) attempts.undecided(begun);
      else attempts.succeeded(begun);
      return login;
    }
    if (begun.locks) await this.recordLock(login, attempt);
    throw credentialsInvalid();
  }

  /** Failures of the second step count like those of the first. */
  private async showSecond(login: LoginStanding, step: SignInStep, methods: readonly SecondStep[]): Promise<void> {
    const { method, code } = step;
    if (method === undefined || code === undefined || !methods.includes(method)) throw secondStepRequired();
    const { attempts, places, second, tally } = this.parts;
    const { network } = await places.look(login.id, step);
    const begun = attempts.begin(login.emailIndex, step.address, network);
    const failures = await tally.begin(login.id).catch((error: unknown) => {
      attempts.undecided(begun);
      throw error;
    });
    try {
      await second.take(login, { method, code, correlationId: step.correlationId });
    } catch (error) {
      if (error instanceof AppError && error.kind === 'user') await this.recordFailure(login, step, begun, failures);
      else {
        attempts.undecided(begun);
        await tally.undecided(login.id);
      }
      throw error;
    }
    attempts.succeeded(begun);
    await tally.succeeded(login.id);
  }

  /** Whoever fails so often has the password and nothing else: a new one is asked for, and the owner told (P-1012). */
  private async recordFailure(login: LoginStanding, step: SignInStep, begun: Attempt, failures: number): Promise<void> {
    const { changes, events, letters } = this.parts;
    const { correlationId } = step;
    await events.record(login, 'second-step-failed', step, correlationId);
    if (begun.locks) await this.recordLock(login, step);
    if (failures < SECOND_STEP_LIMITS.most) return;
    const event = await events.prepare(login, 'frozen', step);
    await changes.apply({
      ...{ login, correlationId, set: { state: 'frozen' }, kind: 'account.login-frozen.v1' },
      actor: { kind: 'system', id: 'sign-in' },
      recheck: ({ tx }) => events.write(tx, event),
    });
    letters?.tell(login, 'second-step-guessed', step);
  }

  /**
   * The password may be changed between its check and the commit. So the transaction first takes the lock on the member
   * that `setPassword` waits for, then reads the login again: either this session is seen and ended, or it is refused.
   */
  private async openSession(login: LoginStanding, { tenant_id: tenantId, id }: MemberRow, place: SignInPlace) {
    const { sessions, places, events, accounts, platform } = this.parts;
    const prepared = await sessions.prepare(tenantId);
    const known = await places.prepare(login, place);
    const event = await events.prepare(login, 'signed-in', place);
    const scope = {
      ...{ tenantId, actor: { kind: 'member', id } as const, purpose: 'service-account' },
      ...{ correlationId: place.correlationId, alsoIn: [await platform.id()] },
    };
    const session = await inTenant(tenantId, () =>
      this.ports.work.run(scope, async (work) => {
        const opened = await sessions.open(work, prepared, id, place.keep);
        if (!(await accounts.isCurrent(login))) throw credentialsInvalid();
        await places.write(work.tx, known);
        await events.write(work.tx, event, opened.id);
        return opened;
      }),
    );
    return { cookie: prepared.cookie, session: await sessions.withPending(session, login.id) };
  }

  /** A security event for journal and owner; the same work is done for an account that does not exist. */
  async recordLock(login: KnownLogin | undefined, place: SignInPlace): Promise<void> {
    const { events, letters, platform } = this.parts;
    const event = login && (await events.prepare(login, 'locked', place));
    await this.ports.committer.submit({
      ...{ tenantId: await platform.id(), actor: { kind: 'system', id: 'sign-in' }, purpose: 'security' },
      correlationId: place.correlationId,
      steps: event && login ? [this.ports.subjects.step({ subjectId: login.subjectId }), events.step(event)] : [],
      journal: [
        {
          ...{ kind: 'account.sign-in-locked.v1', subjectId: login?.subjectId ?? null },
          ...{ resource: `login:${login?.id ?? 'unknown'}`, fields: '', commitment: null },
        },
      ],
    });
    if (login) letters?.tell(login, 'locked', place);
  }
}
