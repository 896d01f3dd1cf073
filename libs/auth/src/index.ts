export { signUpClosed } from './auth.errors.js';
export { type Auth, AuthModule, createAuth } from './auth.module.js';
export { CodeSignIn } from './codes/code-sign-in.js';
export { OneTimeCodeEntity, RequestCountEntity } from './codes/one-time-code.entity.js';
export { CODE_RULES, type CodeTry, type CodeWish, OneTimeCodes } from './codes/one-time-codes.js';
export { InvitationCountEntity, InvitationEntity } from './invitations/invitation.entity.js';
export { type Acceptance, InvitationAcceptance, type LoginBirth } from './invitations/invitation-acceptance.js';
export { INVITATION_LIMITS } from './invitations/invitation-counts.js';
export { InvitationJoining } from './invitations/invitation-joining.js';
export { InvitationRetention } from './invitations/invitation-retention.js';
export { InvitationSending } from './invitations/invitation-sending.js';
export { INVITATION_MS, type InvitationRow, Invitations, type SentInvitation } from './invitations/invitations.js';
export { LoginEntity } from './logins/login.entity.js';
export { type LoginChange, LoginChanges } from './logins/login-changes.js';
export { type CheckedLogin, type LoginDraft, Logins, type PreparedLogin } from './logins/logins.js';
export { type MemberDraft, NewMembers, type PreparedMember } from './logins/new-members.js';
export { type PlainText, plainText } from './logins/plain-name.js';
export { AuthEraser } from './members/auth-eraser.js';
export { JoinedMembers } from './members/joined-members.js';
export { MemberEntity } from './members/member.entity.js';
export { type ActingMember, MemberChanges } from './members/member-changes.js';
export { type EnrolledLogins, MemberDirectory } from './members/member-directory.js';
export { MemberNames } from './members/member-names.js';
export { type HandOver, type MemberWorkPort, MemberWorks } from './members/member-works.js';
export {
  type MemberRole,
  type Permission,
  permissionsOf,
  type ReadScope,
  ROLES,
  scopesOf,
} from './members/roles.js';
export { mayApprove } from './members/second-person.js';
export { type KnownLogin, StaffAccounts } from './members/staff-accounts.js';
export { AccountTables1790000000111 } from './migrations/account-tables.js';
export { AuthTables1790000000005 } from './migrations/auth-tables.js';
export { MemberChanges1790000000281 } from './migrations/change-tables.js';
export { MemberTables1790000000130 } from './migrations/member-tables.js';
export { OneTimeTables1790000000100 } from './migrations/one-time-tables.js';
export { PictureTables1790000000260 } from './migrations/picture-tables.js';
export { PreferenceTables1790000000220 } from './migrations/preference-tables.js';
export { ProofTables1790000000240 } from './migrations/proof-tables.js';
export { SecurityTables1790000000120 } from './migrations/security-tables.js';
export { TeamTables1790000000200 } from './migrations/team-tables.js';
export {
  MEMBER_NOTICE,
  type MemberNoticeText,
  NOTICE_LOCALES,
  type NoticeLocale,
} from './notices/member-notice-texts.js';
export { MemberNotices, type NotifiedMember, type ShownNotice } from './notices/member-notices.js';
export { NoticeConfirmationEntity } from './notices/notice-confirmation.entity.js';
export { MemberPictures, type PictureOwner } from './pictures/member-pictures.js';
export { PictureEntity } from './pictures/picture.entity.js';
export { PlatformPurge } from './platform-purge.js';
export { PlatformTenant } from './platform-tenant.js';
export { AUTH_PORTS, type AuthPorts, type SubjectKeys } from './ports.js';
export { MemberPreferences, type PreferenceOwner } from './preferences/member-preferences.js';
export { PreferenceEntity } from './preferences/preference.entity.js';
export { BasicData, type BasicDataCaller } from './profile/basic-data.js';
export { EmailChanges } from './profile/email-changes.js';
export { LoginWorkspaces } from './profile/login-workspaces.js';
export { ProfileEntity } from './profile/profile.entity.js';
export { Profiles } from './profile/profiles.js';
export { ResetEntity } from './resets/reset.entity.js';
export { ResetUse } from './resets/reset-use.js';
export { type AdminReset, RESET_RULES, Resets } from './resets/resets.js';
export { SharedSecret } from './resets/shared-secret.js';
export { FactorRemoval } from './second-factor/factor-removal.js';
export { RecoveryCodeEntity, SecondFactorEntity } from './second-factor/second-factor.entity.js';
export { asksSecondFactor, SecondFactorRule } from './second-factor/second-factor-rule.js';
export { type FactorChange, type LoginPerson, RECOVERY_CODES, SecondFactors } from './second-factor/second-factors.js';
export { IdentityChecks } from './security/identity-checks.js';
export { type LeakReport, LeakReports } from './security/leak-reports.js';
export { LoginEvents } from './security/login-events.js';
export { KnownPlaceEntity, LoginEventEntity } from './security/security.entity.js';
export { SecurityLetters } from './security/security-letters.js';
export { AgentSessionEntity } from './sessions/agent-session.entity.js';
export { type AgentSession, AgentSessions, SESSION_TIMES } from './sessions/agent-sessions.js';
export { CookieAuthenticator } from './sessions/cookie-authenticator.js';
export { LoginSessions } from './sessions/login-sessions.js';
export type { PendingSource, SessionMember } from './sessions/pending-steps.js';
export { readCookie } from './sessions/session-cookie.js';
export { addressKey, SIGN_IN_LIMITS } from './sign-in/attempt-guard.js';
export { type LoginStanding, LoginStandings } from './sign-in/login-standing.js';
export {
  type FirstProof,
  type SignInAttempt,
  type SignInPlace,
  type SignInResult,
  SignInService,
  type SignInStep,
  type WorkspaceChoice,
} from './sign-in/sign-in.service.js';
export { AgreementEntity } from './sign-up/agreement.entity.js';
export { agreementTexts } from './sign-up/agreement-texts.js';
export { SIGN_UP_LIMITS, SignUpService } from './sign-up/sign-up.service.js';
export { workspaceName } from './sign-up/workspace-name.js';
export { TeamEntity, TeamMemberEntity } from './teams/team.entity.js';
export { TeamChanges } from './teams/team-changes.js';
export { type NamedTeam, TeamDirectory } from './teams/team-directory.js';
