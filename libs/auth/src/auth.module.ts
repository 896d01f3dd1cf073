import { AUTHENTICATOR, COLLEAGUE_NAMES } from '@libs/http';
import { SubjectErasers } from '@libs/privacy';
import {
  type BeforeApplicationShutdown,
  type FactoryProvider,
  Global,
  Inject,
  Module,
  type OnModuleInit,
  type Type,
} from '@nestjs/common';
import { CodeSignIn } from './codes/code-sign-in.js';
import { createOneTime, type OneTime } from './codes/create-one-time.js';
import { OneTimeCodes } from './codes/one-time-codes.js';
import { RequestLimits } from './codes/request-limits.js';
import { InvitationAcceptance } from './invitations/invitation-acceptance.js';
import { InvitationJoining } from './invitations/invitation-joining.js';
import { InvitationSending } from './invitations/invitation-sending.js';
import { Invitations } from './invitations/invitations.js';
import { LoginChanges } from './logins/login-changes.js';
import { Logins } from './logins/logins.js';
import { NewMembers } from './logins/new-members.js';
import { PasswordHasher } from './logins/password-hasher.js';
import { AuthEraser } from './members/auth-eraser.js';
import { JoinedMembers } from './members/joined-members.js';
import { MemberChanges } from './members/member-changes.js';
import { MemberDirectory } from './members/member-directory.js';
import { MemberNames } from './members/member-names.js';
import { MemberWorks } from './members/member-works.js';
import { StaffAccounts } from './members/staff-accounts.js';
import { MemberNotices } from './notices/member-notices.js';
import { MemberPictures } from './pictures/member-pictures.js';
import { PlatformTenant } from './platform-tenant.js';
import { AUTH_PORTS, type AuthPorts } from './ports.js';
import { MemberPreferences } from './preferences/member-preferences.js';
import { BasicData } from './profile/basic-data.js';
import { ChangeLetters } from './profile/change-letters.js';
import { EmailChanges } from './profile/email-changes.js';
import { LoginWorkspaces } from './profile/login-workspaces.js';
import { Profiles } from './profile/profiles.js';
import { ResetUse } from './resets/reset-use.js';
import { Resets } from './resets/resets.js';
import { SharedSecret } from './resets/shared-secret.js';
import { FactorRemoval } from './second-factor/factor-removal.js';
import { SecondFactorRule } from './second-factor/second-factor-rule.js';
import { SecondFactors } from './second-factor/second-factors.js';
import { IdentityChecks } from './security/identity-checks.js';
import { KnownPlaces } from './security/known-places.js';
import { LeakReports } from './security/leak-reports.js';
import { LoginEvents } from './security/login-events.js';
import { SecurityLetters } from './security/security-letters.js';
import { AgentSessions } from './sessions/agent-sessions.js';
import { CookieAuthenticator } from './sessions/cookie-authenticator.js';
import { LoginSessions } from './sessions/login-sessions.js';
import { PendingSteps } from './sessions/pending-steps.js';
import { AttemptGuard } from './sign-in/attempt-guard.js';
import { LoginStandings } from './sign-in/login-standing.js';
import { SecondSteps } from './sign-in/second-steps.js';
import { SecondTally } from './sign-in/second-tally.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { SignInTickets } from './sign-in/sign-in-ticket.js';
import { SignUpService } from './sign-up/sign-up.service.js';
import { TeamChanges } from './teams/team-changes.js';
import { TeamDirectory } from './teams/team-directory.js';

/** The services of `libs/auth`, made from its ports. */
export interface Auth extends OneTime {
  readonly platform: PlatformTenant;
  readonly sessions: AgentSessions;
  readonly names: MemberNames;
  readonly notices: MemberNotices;
  readonly joined: JoinedMembers;
  readonly directory: MemberDirectory;
  readonly works: MemberWorks;
  readonly memberChanges: MemberChanges;
  readonly teams: TeamDirectory;
  readonly teamChanges: TeamChanges;
  readonly invitations: Invitations;
  readonly acceptance: InvitationAcceptance;
  readonly sending: InvitationSending;
  readonly joining: InvitationJoining;
  readonly accounts: StaffAccounts;
  readonly logins: Logins;
  readonly members: NewMembers;
  readonly changes: LoginChanges;
  readonly preferences: MemberPreferences;
  readonly pictures: MemberPictures;
  readonly profiles: Profiles;
  readonly basicData: BasicData;
  readonly emailChanges: EmailChanges;
  readonly workspaces: LoginWorkspaces;
  readonly signUp: SignUpService;
  readonly signIn: SignInService;
  readonly codeSignIn: CodeSignIn;
  readonly tickets: SignInTickets;
  readonly standings: LoginStandings;
  readonly factors: SecondFactors;
  readonly secondFactorRule: SecondFactorRule;
  readonly identity: IdentityChecks;
  readonly places: KnownPlaces;
  readonly events: LoginEvents;
  readonly loginSessions: LoginSessions;
  readonly leaks: LeakReports;
  readonly removal: FactorRemoval;
  readonly authenticator: CookieAuthenticator;
  readonly eraser: AuthEraser;
}

/** Makes the services; the module does it with Nest, commands and tests without. */
export function createAuth(ports: AuthPorts): Auth {
  const platform = new PlatformTenant(ports.database.reader);
  const hasher = new PasswordHasher();
  const notices = new MemberNotices(ports);
  const factors = new SecondFactors(ports, platform);
  const secondFactorRule = new SecondFactorRule(ports.settings, factors);
  const sessions = new AgentSessions(
    ports,
    new PendingSteps([notices, secondFactorRule, new SharedSecret(ports, platform)]),
  );
  const logins = new Logins(ports, platform, hasher);
  const members = new NewMembers(ports);
  const events = new LoginEvents(ports, platform);
  const changes = new LoginChanges(ports, platform, sessions, events);
  const accounts = new StaffAccounts(ports, { platform, hasher, logins, members, changes });
  const attempts = new AttemptGuard(ports.clock);
  const standings = new LoginStandings(ports, platform);
  const tickets = new SignInTickets(ports, platform);
  const oneTime = createOneTime(ports, { platform, logins, accounts, hasher, changes });
  const security = createSecurity(ports, { platform, factors, events, ...oneTime });
  const identity = new IdentityChecks({ attempts, hasher, factors, codes: oneTime.codes });
  const invitations = new Invitations(ports, accounts);
  const acceptance = new InvitationAcceptance(ports, invitations, logins);
  const signIn = new SignInService(ports, {
    ...{ accounts, standings, platform, hasher, sessions, attempts, tickets, acceptance, changes },
    tally: new SecondTally(ports, platform),
    ...security,
  });
  return {
    ...oneTime,
    codeSignIn: new CodeSignIn({ ...oneTime, logins, attempts, signIn }),
    platform,
    sessions,
    accounts,
    logins,
    members,
    changes,
    tickets,
    standings,
    factors,
    secondFactorRule,
    identity,
    ...security,
    loginSessions: new LoginSessions(ports, { sessions, ...security }),
    leaks: new LeakReports({ changes, ...security }),
    removal: new FactorRemoval(ports, { accounts, standings, factors, ...security }),
    notices,
    ...{ invitations, acceptance },
    ...createMembers(ports, { sessions, invitations, acceptance, factors, logins, signIn, codes: oneTime.codes }),
    signIn,
    ...createOwn(ports, { ...oneTime, platform, standings, identity, logins, members, hasher, changes, signIn }),
    authenticator: new CookieAuthenticator(sessions),
    eraser: new AuthEraser(ports, sessions),
  };
}

/** A workspace of one's own, and one's own data. */
function createOwn(
  ports: AuthPorts,
  parts: Pick<
    Auth,
    'platform' | 'standings' | 'identity' | 'logins' | 'members' | 'changes' | 'signIn' | 'codes' | 'background'
  > & { readonly hasher: PasswordHasher },
) {
  const letters = new ChangeLetters(ports.outgoing.mail, parts.background);
  const limits = new RequestLimits(ports, parts.platform);
  const emails = new EmailChanges(ports, { ...parts, letters, limits });
  return {
    preferences: new MemberPreferences(ports),
    emailChanges: emails,
    joined: new JoinedMembers(ports),
    pictures: new MemberPictures(ports),
    profiles: new Profiles(ports, parts.platform),
    basicData: new BasicData(ports, { ...parts, letters, limits, emails }),
    workspaces: new LoginWorkspaces(ports, parts.standings, parts.signIn),
    signUp: new SignUpService(ports, { ...parts, limits, emails }),
  };
}

/** What is unusual about a sign-in, and who is told. */
function createSecurity(ports: AuthPorts, parts: Pick<Auth, 'codes' | 'letters' | 'platform' | 'factors' | 'events'>) {
  const { platform, factors, events, codes, letters } = parts;
  const places = new KnownPlaces(ports, platform);
  return { places, events, letters, second: new SecondSteps({ factors, places, events, codes, letters }) };
}

/** Who works in a workspace, and who is asked to. */
function createMembers(
  ports: AuthPorts,
  parts: Pick<Auth, 'sessions' | 'invitations' | 'acceptance' | 'factors' | 'logins' | 'signIn' | 'codes'>,
) {
  const { sessions, invitations, acceptance, factors, logins, signIn, codes } = parts;
  const names = new MemberNames(ports);
  const works = new MemberWorks();
  const memberChanges = new MemberChanges(ports, sessions, works);
  return {
    names,
    works,
    sending: new InvitationSending(ports, invitations, names),
    joining: new InvitationJoining(ports, { invitations, acceptance, logins, codes, signIn }),
    memberChanges,
    teams: new TeamDirectory(ports, names),
    teamChanges: new TeamChanges(ports),
    directory: new MemberDirectory(ports, { names, invitations, factors }),
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
    part(TeamDirectory, 'teams'),
    part(TeamChanges, 'teamChanges'),
    part(Invitations, 'invitations'),
    part(InvitationAcceptance, 'acceptance'),
    part(InvitationSending, 'sending'),
    part(InvitationJoining, 'joining'),
    part(StaffAccounts, 'accounts'),
    part(Logins, 'logins'),
    part(NewMembers, 'members'),
    part(LoginChanges, 'changes'),
    part(MemberPreferences, 'preferences'),
    part(JoinedMembers, 'joined'),
    part(MemberPictures, 'pictures'),
    part(Profiles, 'profiles'),
    part(BasicData, 'basicData'),
    part(EmailChanges, 'emailChanges'),
    part(LoginWorkspaces, 'workspaces'),
    part(SignUpService, 'signUp'),
    part(LoginStandings, 'standings'),
    part(SecondFactors, 'factors'),
    part(SecondFactorRule, 'secondFactorRule'),
    part(IdentityChecks, 'identity'),
    part(LoginEvents, 'events'),
    part(SecurityLetters, 'letters'),
    part(LoginSessions, 'loginSessions'),
    part(LeakReports, 'leaks'),
    part(FactorRemoval, 'removal'),
    part(SignInService, 'signIn'),
    part(CodeSignIn, 'codeSignIn'),
    part(OneTimeCodes, 'codes'),
    part(Resets, 'resets'),
    part(ResetUse, 'resetUse'),
    part(CookieAuthenticator, 'authenticator'),
    { provide: AUTHENTICATOR, useExisting: CookieAuthenticator },
    { provide: COLLEAGUE_NAMES, useExisting: MemberNames },
  ],
  exports: [
    PlatformTenant,
    AgentSessions,
    MemberNames,
    MemberNotices,
    MemberDirectory,
    MemberWorks,
    MemberChanges,
    TeamDirectory,
    TeamChanges,
    Invitations,
    InvitationAcceptance,
    InvitationSending,
    InvitationJoining,
    StaffAccounts,
    Logins,
    NewMembers,
    LoginChanges,
    MemberPictures,
    MemberPreferences,
    JoinedMembers,
    Profiles,
    BasicData,
    EmailChanges,
    LoginWorkspaces,
    SignUpService,
    LoginStandings,
    SecondFactors,
    SecondFactorRule,
    IdentityChecks,
    LoginEvents,
    SecurityLetters,
    LoginSessions,
    LeakReports,
    FactorRemoval,
    SignInService,
    CodeSignIn,
    OneTimeCodes,
    Resets,
    ResetUse,
    CookieAuthenticator,
    AUTHENTICATOR,
    COLLEAGUE_NAMES,
  ],
})
export class AuthModule implements OnModuleInit, BeforeApplicationShutdown {
  constructor(
    @Inject(AUTH) private readonly auth: Auth,
    @Inject(SubjectErasers) private readonly erasers: SubjectErasers,
  ) {}

  onModuleInit(): void {
    this.erasers.add(this.auth.eraser);
  }

  /** While the stores are still open: what leaves is written down first. */
  beforeApplicationShutdown(): Promise<void> {
    return this.auth.background.settled();
  }
}
