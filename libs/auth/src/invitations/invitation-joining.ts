import type { InvitationAccept } from '@libs/contracts';
import { AppError, UserError } from '@libs/kernel';
import { nameInvalid } from '../auth.errors.js';
import type { CheckedLogin, Logins } from '../logins/logins.js';
import { plainText } from '../logins/plain-name.js';
import type { AuthPorts } from '../ports.js';
import type { SignInPlace, SignInResult, SignInService } from '../sign-in/sign-in.service.js';
import { agreementRecords, checkAgreements } from '../sign-up/agreements.js';
import type { SignUpCodes } from '../sign-up/sign-up.service.js';
import type { InvitationAcceptance } from './invitation-acceptance.js';
import type { Invitations } from './invitations.js';

/** Longest name to be seen by, as for whoever signs up. */
const MOST_OF_NAME = 60;

/** What joining works with. */
export interface JoiningParts {
  readonly invitations: Invitations;
  readonly acceptance: InvitationAcceptance;
  readonly logins: Logins;
  readonly codes: SignUpCodes;
  readonly signIn: Pick<SignInService, 'authenticate' | 'proceed'>;
}

type Fresh = NonNullable<InvitationAccept['fresh']>;
type Known = NonNullable<InvitationAccept['known']>;

/** The door of the invited: with a login that is made for the invited address, or with one that exists. */
export class InvitationJoining {
  constructor(
    private readonly ports: AuthPorts,
    private readonly parts: JoiningParts,
  ) {}

  /** Accepts and signs in; whoever is asked for a second step is a member once it is taken. */
  async join({ token, fresh, known }: InvitationAccept, place: SignInPlace): Promise<SignInResult> {
    // Before any password is looked at: a token that opens nothing is no way to try passwords.
    const { tenantId } = await this.parts.invitations.look(token);
    if (fresh && !known) return this.joinFresh(token, fresh, { ...place, tenantId });
    if (known && !fresh) return this.joinKnown(token, known, { ...place, tenantId });
    throw new UserError('account.acceptance-unclear', 'Give a new account or an existing one.', { status: 422 });
  }

  private async joinKnown(token: string, known: Known, place: SignInPlace): Promise<SignInResult> {
    const name = checkName('known.name', known.name);
    const { identifier, password } = known;
    const login = await this.parts.signIn.authenticate({ ...place, identifier, password });
    return this.parts.signIn.proceed(login, { ...place, shown: 'password', joins: { token, name } });
  }

  private async joinFresh(token: string, fresh: Fresh, place: SignInPlace): Promise<SignInResult> {
    const { logins, invitations } = this.parts;
    const { correlationId } = place;
    const name = checkName('fresh.name', fresh.name);
    const { tenantId, invitation } = await invitations.look(token);
    const { mobile, password } = fresh;
    const draft = logins.check({ email: await invitations.emailOf(tenantId, invitation), mobile, password });
    const texts = checkAgreements(fresh.agreements);
    const mobileVerifiedAt = await this.verify(draft, fresh.code);
    await logins.assertFree(draft);
    const actor = { kind: 'system', id: 'invited' } as const;
    const emailVerifiedAt = (await invitations.isFromLetter(tenantId, token)) ? this.ports.clock.now() : undefined;
    const proofs = { emailVerifiedAt, mobileVerifiedAt };
    const { set, ...login } = await logins.prepare(draft, { actor, correlationId, ...proofs });
    const agreed = agreementRecords(texts, { subjectId: login.subjectId, at: this.ports.clock.now() });
    const whole = { ...set, steps: [...set.steps, ...agreed.steps], journal: [...set.journal, ...agreed.journal] };
    await this.submit(() => this.parts.acceptance.accept({ token, name, correlationId }, { login, set: whole }), draft);
    return this.parts.signIn.proceed(login, { ...place, shown: 'new' });
  }

  /** When the number was shown to be theirs; undefined where no codes can be sent. */
  private async verify({ mobile }: CheckedLogin, code: string | undefined): Promise<number | undefined> {
    const { codes } = this.parts;
    if (!codes.available || mobile === null) return undefined;
    await codes.take({ use: 'sign-up', mobile, code: code ?? '' });
    return this.ports.clock.now();
  }

  /** Of two at once in two processes the database takes one; the other is told what it was. */
  private async submit(accept: () => Promise<unknown>, draft: CheckedLogin): Promise<void> {
    try {
      await accept();
    } catch (error) {
      if (!(error instanceof AppError && error.kind === 'user')) await this.parts.logins.assertFree(draft);
      throw error;
    }
  }
}

function checkName(field: 'known.name' | 'fresh.name', text: string): string {
  const checked = plainText(text, MOST_OF_NAME);
  if ('rule' in checked) throw nameInvalid('account.name-invalid', field, checked.rule);
  return checked.value;
}
