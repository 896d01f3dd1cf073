import { mobileInvalid } from '../auth.errors.js';
import type { Logins } from '../logins/logins.js';
import { normaliseMobile } from '../logins/mobile.js';
import type { AttemptGuard } from '../sign-in/attempt-guard.js';
import type { SignInPlace, SignInResult, SignInService } from '../sign-in/sign-in.service.js';
import { codeExpired, codeWrong } from './code.errors.js';
import type { LoginNumbers } from './login-numbers.js';
import type { OneTimeCodes } from './one-time-codes.js';

/** What signing in by code works with. */
export interface CodeSignInParts {
  readonly codes: OneTimeCodes;
  readonly numbers: LoginNumbers;
  readonly logins: Logins;
  readonly attempts: AttemptGuard;
  readonly signIn: SignInService;
}

/** Signing in with a code to the bound number in place of the password (F-0106). */
export class CodeSignIn {
  constructor(private readonly parts: CodeSignInParts) {}

  /** 401 `account.code-wrong` or `account.code-expired`, alike for a number that nobody has; then what `proceed` refuses. */
  async signIn(attempt: SignInPlace & { readonly mobile: string; readonly code: string }): Promise<SignInResult> {
    const { codes, numbers, logins, attempts, signIn } = this.parts;
    const mobile = normaliseMobile(attempt.mobile);
    if (mobile === undefined) throw mobileInvalid();
    const numberIndex = await logins.mobileIndex(mobile);
    const begun = attempts.begin(numberIndex, attempt.address);
    const { code, correlationId } = attempt;
    const shown = await Promise.all([
      codes.check({ use: 'sign-in', mobile, code, correlationId }),
      numbers.loginOf(numberIndex),
    ]).catch((error: unknown) => {
      attempts.undecided(begun);
      throw error;
    });
    const [outcome, login] = shown;
    if (outcome === 'expired') throw codeExpired(401);
    if (outcome === 'wrong' || !login) {
      if (begun.locks) await signIn.recordLock(login, attempt);
      throw codeWrong(401);
    }
    attempts.succeeded(begun);
    return signIn.proceed(login, { ...attempt, shown: 'code' });
  }
}
