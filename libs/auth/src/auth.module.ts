import { AUTHENTICATOR } from '@libs/http';
import { SubjectErasers } from '@libs/privacy';
import { type FactoryProvider, Global, Inject, Module, type OnModuleInit, type Type } from '@nestjs/common';
import { InvitationAcceptance } from './invitations/invitation-acceptance.js';
import { Invitations } from './invitations/invitations.js';
import { LoginChanges } from './logins/login-changes.js';
import { Logins } from './logins/logins.js';
import { NewMembers } from './logins/new-members.js';
import { PasswordHasher } from './logins/password-hasher.js';
import { AuthEraser } from './members/auth-eraser.js';
import { MemberChanges } from './members/member-changes.js';
import { MemberDirectory } from './members/member-directory.js';
import { MemberNames } from './members/member-names.js';
import { MemberWorks } from './members/member-works.js';
import { StaffAccounts } from './members/staff-accounts.js';
import { MemberNotices } from './notices/member-notices.js';
import { PlatformTenant } from './platform-tenant.js';
import { AUTH_PORTS, type AuthPorts } from './ports.js';
import { AgentSessions } from './sessions/agent-sessions.js';
import { CookieAuthenticator } from './sessions/cookie-authenticator.js';
import { AttemptGuard } from './sign-in/attempt-guard.js';
import { LoginStandings } from './sign-in/login-standing.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { SignInTickets } from './sign-in/sign-in-ticket.js';

/** The services of `libs/auth`, made from its ports. */
export interface Auth {
  readonly platform: PlatformTenant;
  readonly sessions: AgentSessions;
  readonly names: MemberNames;
  readonly notices: MemberNotices;
  readonly directory: MemberDirectory;
  readonly works: MemberWorks;
  readonly memberChanges: MemberChanges;
  readonly invitations: Invitations;
  readonly acceptance: InvitationAcceptance;
  readonly accounts: StaffAccounts;
  readonly logins: Logins;
  readonly members: NewMembers;
  readonly changes: LoginChanges;
  readonly signIn: SignInService;
  readonly tickets: SignInTickets;
  readonly authenticator: CookieAuthenticator;
  readonly eraser: AuthEraser;
}

/** Makes the services; the module does it with Nest, commands and tests without. */
export function createAuth(ports: AuthPorts): Auth {
  const platform = new PlatformTenant(ports.database.reader);
  const hasher = new PasswordHasher();
  const sessions = new AgentSessions(ports);
  const logins = new Logins(ports, platform, hasher);
  const members = new NewMembers(ports);
  const changes = new LoginChanges(ports, platform, sessions);
  const accounts = new StaffAccounts(ports, { platform, hasher, logins, members, changes });
  const attempts = new AttemptGuard(ports.clock);
  const standings = new LoginStandings(ports, platform);
  const tickets = new SignInTickets(ports, platform);
  return {
    platform,
    sessions,
    accounts,
    logins,
    members,
    changes,
    tickets,
    notices: new MemberNotices(ports),
    ...createMembers(ports, sessions, accounts),
    signIn: new SignInService(ports, { accounts, standings, platform, hasher, sessions, attempts, tickets }),
    authenticator: new CookieAuthenticator(sessions),
    eraser: new AuthEraser(ports, sessions),
  };
}

/** Who works in a workspace, and who is asked to. */
function createMembers(ports: AuthPorts, sessions: AgentSessions, accounts: StaffAccounts) {
  const names = new MemberNames(ports);
  const works = new MemberWorks();
  const invitations = new Invitations(ports, accounts);
  const acceptance = new InvitationAcceptance(ports, invitations);
  const memberChanges = new MemberChanges(ports, sessions, works);
  return {
    names,
    works,
    invitations,
    acceptance,
    memberChanges,
    directory: new MemberDirectory(ports, names, invitations),
  };
}

const AUTH = Symbol('AUTH');

function part(token: Type, name: keyof Auth): FactoryProvider {
  return { provide: token, inject: [AUTH], useFactory: (auth: Auth) => auth[name] };
}

/**
 * Sign-in, sessions and members. Needs `AUTH_PORTS` and `SubjectErasers` from a global module. Global itself, because the guard of `libs/http`
 * asks for the `Authenticator` in every service.
 */
@Global()
@Module({
  providers: [
    { provide: AUTH, inject: [AUTH_PORTS], useFactory: createAuth },
    part(PlatformTenant, 'platform'),
    part(AgentSessions, 'sessions'),
    part(MemberNames, 'names'),
    part(MemberNotices, 'notices'),
    part(MemberDirectory, 'directory'),
    part(MemberWorks, 'works'),
    part(MemberChanges, 'memberChanges'),
    part(Invitations, 'invitations'),
    part(InvitationAcceptance, 'acceptance'),
    part(StaffAccounts, 'accounts'),
    part(Logins, 'logins'),
    part(NewMembers, 'members'),
    part(LoginChanges, 'changes'),
    part(SignInService, 'signIn'),
    part(CookieAuthenticator, 'authenticator'),
    { provide: AUTHENTICATOR, useExisting: CookieAuthenticator },
  ],
  exports: [
    PlatformTenant,
    AgentSessions,
    MemberNames,
    MemberNotices,
    MemberDirectory,
    MemberWorks,
    MemberChanges,
    Invitations,
    InvitationAcceptance,
    StaffAccounts,
    Logins,
    NewMembers,
    LoginChanges,
    SignInService,
    CookieAuthenticator,
    AUTHENTICATOR,
  ],
})
export class AuthModule implements OnModuleInit {
  constructor(
    @Inject(AUTH) private readonly auth: Auth,
    @Inject(SubjectErasers) private readonly erasers: SubjectErasers,
  ) {}

  onModuleInit(): void {
    this.erasers.add(this.auth.eraser);
  }
}
