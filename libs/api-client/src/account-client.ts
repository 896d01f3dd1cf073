import type {
  AccountOptions,
  AgreementTexts,
  CodeRequest,
  CodeSent,
  CodeSignIn,
  EmailChange,
  EmailChanged,
  EmailConfirmation,
  IdentityProof,
  InvitationAccept,
  InvitationMade,
  InvitationRequest,
  InvitationView,
  Me,
  MemberDisable,
  MemberNotice,
  MemberPage,
  MemberPictureKept,
  MemberPictures,
  MemberSummary,
  MemberWork,
  MobileChange,
  OneTimeLink,
  PasswordChange,
  Preferences,
  PreferencesEdit,
  Profile,
  ProfileEdit,
  RecoveryCodes,
  ResetUse,
  RoleView,
  SecondFactorOffer,
  SecondFactorState,
  SignIn,
  SignInAnswer,
  SignInEntry,
  SignInVerify,
  SignUp,
  Workspaces,
  WorkspaceView,
} from '@libs/contracts';
import { Caller, type CallerOptions, query } from './caller.js';

type Locale = MemberNotice['locale'];

const id = encodeURIComponent;

/** The doors of the product and one's own account. */
export class AccountClient {
  private readonly http: Caller;

  constructor(options: CallerOptions = {}) {
    this.http = new Caller(options);
  }

  options(signal?: AbortSignal): Promise<AccountOptions> {
    return this.http.get('/account/options', signal);
  }

  agreements(locale: Locale, signal?: AbortSignal): Promise<AgreementTexts> {
    return this.http.get(`/account/agreements${query({ locale })}`, signal);
  }

  signIn(body: SignIn): Promise<SignInAnswer> {
    return this.http.post('/account/sign-in', body);
  }

  signInByCode(body: CodeSignIn): Promise<SignInAnswer> {
    return this.http.post('/account/sign-in/code', body);
  }

  verify(body: SignInVerify): Promise<SignInAnswer> {
    return this.http.post('/account/sign-in/verify', body);
  }

  signUp(body: SignUp): Promise<SignInAnswer> {
    return this.http.post('/account/sign-up', body);
  }

  sendCode(body: CodeRequest): Promise<CodeSent> {
    return this.http.post('/account/codes', body);
  }

  askReset(identifier: string): Promise<unknown> {
    return this.http.post('/account/resets', { identifier });
  }

  setPasswordByLink(body: ResetUse): Promise<unknown> {
    return this.http.post('/account/resets/use', body);
  }

  invitation(token: string, signal?: AbortSignal): Promise<InvitationView> {
    return this.http.post('/account/invitations/look', { token }, signal);
  }

  acceptInvitation(body: InvitationAccept): Promise<SignInAnswer> {
    return this.http.post('/account/invitations/accept', body);
  }

  declineInvitation(token: string): Promise<void> {
    return this.http.post('/account/invitations/decline', { token });
  }

  notice(locale: Locale, signal?: AbortSignal): Promise<MemberNotice> {
    return this.http.get(`/account/me/notice${query({ locale })}`, signal);
  }

  confirmNotice(version: string, locale: Locale): Promise<void> {
    return this.http.post('/account/me/notice', { version, locale });
  }

  workspaces(signal?: AbortSignal): Promise<Workspaces> {
    return this.http.get('/account/workspaces', signal);
  }

  switchWorkspace(tenantId: string): Promise<SignInAnswer> {
    return this.http.post('/account/workspaces/switch', { tenantId });
  }

  preferences(signal?: AbortSignal): Promise<Preferences> {
    return this.http.get('/account/me/preferences', signal);
  }

  editPreferences(edit: PreferencesEdit): Promise<Preferences> {
    return this.http.patch('/account/me/preferences', edit);
  }

  profile(signal?: AbortSignal): Promise<Profile> {
    return this.http.get('/account/me/profile', signal);
  }

  editProfile(edit: ProfileEdit): Promise<Profile> {
    return this.http.patch('/account/me/profile', edit);
  }

  pictures(signal?: AbortSignal): Promise<MemberPictures> {
    return this.http.get('/account/pictures', signal);
  }

  /** A square PNG; see `MEMBER_PICTURE`. */
  keepPicture(picture: Blob): Promise<MemberPictureKept> {
    return this.http.putBytes('/account/me/picture', picture);
  }

  removePicture(): Promise<void> {
    return this.http.delete('/account/me/picture');
  }

  /** Where a browser finds the picture of a member, or one's own. */
  pictureAt(whose: { readonly memberId: string; readonly mark: string; readonly own: boolean }): string {
    const { memberId, mark, own } = whose;
    return this.http.address(`/account/${own ? 'me' : `members/${id(memberId)}`}/picture${query({ mark })}`);
  }

  changePassword(change: PasswordChange): Promise<void> {
    return this.http.put('/account/me/password', change);
  }

  changeEmail(change: EmailChange): Promise<EmailChanged> {
    return this.http.put('/account/me/email', change);
  }

  /** Asks for a letter to the present address, to show that it is one's own. */
  askEmailProof(): Promise<void> {
    return this.http.post('/account/me/email-proof', {});
  }

  confirmEmail(confirmation: EmailConfirmation): Promise<void> {
    return this.http.post('/account/email-confirmations', confirmation);
  }

  changeMobile(change: MobileChange): Promise<void> {
    return this.http.put('/account/me/mobile', change);
  }

  secondFactor(signal?: AbortSignal): Promise<SecondFactorState> {
    return this.http.get('/account/me/second-factor', signal);
  }

  offerSecondFactor(proof: IdentityProof): Promise<SecondFactorOffer> {
    return this.http.post('/account/me/second-factor', { proof });
  }

  confirmSecondFactor(code: string): Promise<RecoveryCodes> {
    return this.http.post('/account/me/second-factor/confirm', { code });
  }

  removeSecondFactor(proof: IdentityProof): Promise<void> {
    return this.http.delete('/account/me/second-factor', { proof });
  }

  renewRecoveryCodes(proof: IdentityProof): Promise<RecoveryCodes> {
    return this.http.post('/account/me/second-factor/recovery-codes', { proof });
  }

  signIns(signal?: AbortSignal): Promise<{ readonly items: readonly SignInEntry[] }> {
    return this.http.get('/account/me/sign-ins', signal);
  }

  endSession(sessionId: string): Promise<void> {
    return this.http.delete(`/account/sessions/${id(sessionId)}`);
  }

  endOtherSessions(): Promise<void> {
    return this.http.delete('/account/sessions');
  }

  /** Freezes the login and ends this session too. */
  reportLeak(): Promise<void> {
    return this.http.post('/account/me/leak-report');
  }
}

/** Members, roles and the workspace itself, for those who manage them. */
export class MembersClient {
  private readonly http: Caller;

  constructor(options: CallerOptions = {}) {
    this.http = new Caller(options);
  }

  members(cursor?: string, signal?: AbortSignal): Promise<MemberPage> {
    return this.http.get(`/account/members${query({ cursor, limit: 50 })}`, signal);
  }

  setRole(memberId: string, change: { readonly role: Me['role']; readonly version: number }): Promise<MemberSummary> {
    return this.http.patch(`/account/members/${id(memberId)}`, change);
  }

  /** What is handed over when they go: the chat's service knows. */
  work(memberId: string, signal?: AbortSignal): Promise<MemberWork> {
    return this.http.get(`/chat/members/${id(memberId)}/work`, signal);
  }

  disable(memberId: string, change: MemberDisable): Promise<MemberSummary> {
    return this.http.post(`/account/members/${id(memberId)}/disable`, change);
  }

  enable(memberId: string, version: number): Promise<MemberSummary> {
    return this.http.post(`/account/members/${id(memberId)}/enable`, { version });
  }

  removeSecondFactor(memberId: string): Promise<void> {
    return this.http.delete(`/account/members/${id(memberId)}/second-factor`);
  }

  /** A link that sets a new password; shown once. */
  resetLink(memberId: string): Promise<OneTimeLink> {
    return this.http.post(`/account/members/${id(memberId)}/reset`);
  }

  invite(request: InvitationRequest): Promise<InvitationMade> {
    return this.http.post('/account/invitations', request);
  }

  resend(invitationId: string): Promise<InvitationMade> {
    return this.http.post(`/account/invitations/${id(invitationId)}/resend`);
  }

  revoke(invitationId: string): Promise<void> {
    return this.http.delete(`/account/invitations/${id(invitationId)}`);
  }

  roles(signal?: AbortSignal): Promise<{ readonly items: readonly RoleView[] }> {
    return this.http.get('/account/roles', signal);
  }

  workspace(signal?: AbortSignal): Promise<WorkspaceView> {
    return this.http.get('/account/workspace', signal);
  }

  renameWorkspace(name: string, version: number): Promise<WorkspaceView> {
    return this.http.patch('/account/workspace', { name, version });
  }
}
