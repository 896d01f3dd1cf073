import type { IdentityProof } from '@libs/contracts';
import { AppError } from '@libs/kernel';
import { proofFailed, proofRequired } from '../auth.errors.js';
import type { PasswordHasher } from '../logins/password-hasher.js';
import type { SecondFactors } from '../second-factor/second-factors.js';
import type { AttemptGuard } from '../sign-in/attempt-guard.js';
import type { LoginStanding } from '../sign-in/login-standing.js';
import type { OwnCodes } from '../sign-in/second-steps.js';

/** What a check works with. */
export interface IdentityParts {
  readonly attempts: AttemptGuard;
  readonly hasher: PasswordHasher;
  readonly factors: SecondFactors;
  readonly codes: Pick<OwnCodes, 'available' | 'takeOwn'>;
}

/** Asks again who is at the keyboard before anything is changed (F-0112); counted like attempts to sign in. */
export class IdentityChecks {
  constructor(private readonly parts: IdentityParts) {}

  /** Throws `account.proof-failed` (403), `account.proof-required` (422) or `account.locked`. */
  async check(login: LoginStanding, proof: IdentityProof, address: string): Promise<void> {
    if ((proof.password === undefined) === (proof.code === undefined)) throw proofRequired();
    const { attempts } = this.parts;
    const begun = attempts.begin(login.emailIndex, address);
    const right = await this.isRight(login, proof).catch((error: unknown) => {
      attempts.undecided(begun);
      throw error;
    });
    if (!right) throw proofFailed();
    attempts.succeeded(begun);
  }

  private async isRight(login: LoginStanding, { password, code }: IdentityProof): Promise<boolean> {
    if (password !== undefined) return this.parts.hasher.verify(login.secretHash, password);
    const { factors, codes } = this.parts;
    const enrolled = await factors.isEnrolled(login.id);
    try {
      if (enrolled) await factors.takeTotp(login, code!);
      else if (codes.available) await codes.takeOwn({ use: 'identity-check', loginId: login.id, code: code! });
      return enrolled || codes.available;
    } catch (error) {
      if (error instanceof AppError && error.kind === 'user') return false;
      throw error;
    }
  }
}
