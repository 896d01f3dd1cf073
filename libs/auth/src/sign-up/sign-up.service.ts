import { type AgreementTexts, type SignUp, TENANT_KINDS } from '@libs/contracts';
import type { WriteSet } from '@libs/database';
import { AppError, newId } from '@libs/kernel';
import { slugFor, tenantBirth } from '@libs/tenancy';
import { nameInvalid, signUpLimited } from '../auth.errors.js';
import type { RequestLimits } from '../codes/request-limits.js';
import type { CheckedLogin, Logins, PreparedLogin } from '../logins/logins.js';
import type { NewMembers } from '../logins/new-members.js';
import { plainText } from '../logins/plain-name.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { EmailChanges } from '../profile/email-changes.js';
import { addressKey } from '../sign-in/attempt-guard.js';
import type { SignInPlace, SignInResult, SignInService } from '../sign-in/sign-in.service.js';
import { agreementRecords, checkAgreements } from './agreements.js';
import { workspaceName } from './workspace-name.js';

/** Workspaces that may be asked for, refusals included. */
export const SIGN_UP_LIMITS = { perAddressHour: 10, perAddressDay: 30, onPlatformHour: 300 } as const;
const MOST_OF_OWNER_NAME = 60;

/** Codes by text message, as signing up needs them. */
export interface SignUpCodes {
  readonly available: boolean;
  take(code: { readonly use: 'sign-up'; readonly mobile: string; readonly code: string }): Promise<void>;
}

/** What signing up works with. */
export interface SignUpParts {
  readonly platform: PlatformTenant;
  readonly logins: Logins;
  readonly members: NewMembers;
  readonly limits: RequestLimits;
  readonly codes: SignUpCodes;
  readonly signIn: Pick<SignInService, 'proceed'>;
  /** Where letters can be sent, the new owner gets one to show that the address is theirs. */
  readonly emails: Pick<EmailChanges, 'welcome'>;
}

/** What was sent, checked. */
interface Draft {
  readonly kind: string;
  readonly workspaceName: string;
  readonly ownerName: string;
  readonly login: CheckedLogin;
  readonly texts: AgreementTexts;
}

/**
 * Opens a workspace with its owner: login, tenant and member are one act, written together or not at all (F-0101). That
 * a mail or number is taken is told only to who has shown a code of the number; where codes cannot be sent it is told
 * within the limits, because nobody could tell otherwise why they get no account.
 */
export class SignUpService {
  constructor(
    private readonly ports: AuthPorts,
    private readonly parts: SignUpParts,
    private readonly limits: { readonly [name in keyof typeof SIGN_UP_LIMITS]: number } = SIGN_UP_LIMITS,
  ) {}

  /** Refuses with a code that names the field; nothing is left behind then. */
  async signUp(wish: SignUp, place: SignInPlace): Promise<SignInResult> {
    const draft = this.check(wish);
    await this.count(place.address);
    const mobileVerifiedAt = await this.verify(draft.login, wish.code);
    await this.parts.logins.assertFree(draft.login);
    const { login, tenantId } = await this.make(draft, { correlationId: place.correlationId, mobileVerifiedAt });
    this.parts.emails.welcome(login, place.correlationId);
    return this.parts.signIn.proceed(login, { ...place, shown: 'new', tenantId });
  }

  private check({ workspace, owner, agreements }: SignUp): Draft {
    const kind = TENANT_KINDS.find((known) => known === workspace.kind) ?? 'other-organisation';
    const named = {
      workspaceName: workspaceName('workspace.name', workspace.name),
      ownerName: checkOwnerName(owner.name),
    };
    const login = this.parts.logins.check(owner);
    return { kind, ...named, login, texts: checkAgreements(agreements) };
  }

  /** Counted in the database, so that all processes count together; when it is away, nobody signs up. */
  private async count(address: string): Promise<void> {
    const { perAddressHour, perAddressDay, onPlatformHour } = this.limits;
    const line = addressKey(address);
    const wait = await this.parts.limits.wait([
      { what: 'sign-up:platform', whom: '', most: onPlatformHour, hours: 1 },
      { what: 'sign-up:address', whom: line, most: perAddressHour, hours: 1 },
      { what: 'sign-up:address', whom: line, most: perAddressDay, hours: 24 },
    ]);
    if (wait !== undefined) throw signUpLimited(wait);
  }

  /** When the number was shown to be theirs; undefined where no codes can be sent. */
  private async verify({ mobile }: CheckedLogin, code: string | undefined): Promise<number | undefined> {
    const { codes } = this.parts;
    if (!codes.available || mobile === null) return undefined;
    await codes.take({ use: 'sign-up', mobile, code: code ?? '' });
    return this.ports.clock.now();
  }

  private async make(
    draft: Draft,
    {
      correlationId,
      mobileVerifiedAt,
    }: { readonly correlationId: string; readonly mobileVerifiedAt: number | undefined },
  ): Promise<{ readonly login: PreparedLogin; readonly tenantId: string }> {
    const tenantId = newId(this.ports.clock.now());
    const actor = { kind: 'system', id: 'sign-up' } as const;
    const login = await this.parts.logins.prepare(draft.login, { actor, correlationId, mobileVerifiedAt });
    const owner = { tenantId, loginId: login.id, role: 'owner', displayName: draft.ownerName } as const;
    const member = await this.parts.members.prepare(owner, { actor, correlationId });
    await this.submit({ ...this.withTenant(member.set, draft), along: [this.withAgreements(login, draft)] }, draft);
    return { login, tenantId };
  }

  private withTenant(set: WriteSet, { kind, workspaceName }: Draft): WriteSet {
    const createdAt = this.ports.clock.now();
    const row = { slug: slugFor(workspaceName), name: workspaceName, kind, createdAt };
    const entry = { kind: 'tenant.tenant-created.v1', subjectId: null, resource: `tenant:${set.tenantId}` };
    return {
      ...set,
      steps: [tenantBirth.step(row), ...set.steps],
      journal: [{ ...entry, fields: 'slug,name,kind,state', commitment: null }, ...set.journal],
    };
  }

  private withAgreements({ set, subjectId }: PreparedLogin, { texts }: Draft): WriteSet {
    const agreed = agreementRecords(texts, { subjectId, at: this.ports.clock.now() });
    return { ...set, steps: [...set.steps, ...agreed.steps], journal: [...set.journal, ...agreed.journal] };
  }

  /** Of two at once in two processes the database takes one; the other is told what it was. */
  private async submit(set: WriteSet, { login }: Draft): Promise<void> {
    try {
      await this.ports.committer.submit(set);
    } catch (error) {
      if (!(error instanceof AppError && error.kind === 'user')) await this.parts.logins.assertFree(login);
      throw error;
    }
  }
}

function checkOwnerName(text: string): string {
  const checked = plainText(text, MOST_OF_OWNER_NAME);
  if ('rule' in checked) throw nameInvalid('account.owner-name-invalid', 'owner.name', checked.rule);
  return checked.value;
}
