import type { SecondStep } from '@libs/contracts';
import { AppError } from '@libs/kernel';
import type { SecondFactors } from '../second-factor/second-factors.js';
import type { KnownPlaces } from '../security/known-places.js';
import type { LoginEvents } from '../security/login-events.js';
import type { SecurityLetters } from '../security/security-letters.js';
import type { LoginStanding } from './login-standing.js';
import type { FirstProof } from './sign-in.service.js';

/** Codes to the login's own verified number. */
export interface OwnCodes {
  readonly available: boolean;
  sendOwn(wish: OwnCodeWish): Promise<unknown>;
  isOwnLive(code: { readonly use: 'identity-check'; readonly loginId: string }): Promise<boolean>;
  takeOwn(code: { readonly use: 'identity-check'; readonly loginId: string; readonly code: string }): Promise<void>;
}

interface OwnCodeWish {
  readonly use: 'identity-check';
  readonly loginId: string;
  readonly address: string;
  readonly correlationId: string;
}

/** What second steps work with. */
export interface SecondStepParts {
  readonly factors: SecondFactors;
  readonly places: KnownPlaces;
  readonly events: LoginEvents;
  readonly codes?: OwnCodes | undefined;
  readonly letters?: SecurityLetters | undefined;
}

/** Too many codes, or too soon after the last one. */
const REFUSED: ReadonlySet<string> = new Set(['account.code-too-soon', 'account.code-limit']);
const APP: readonly SecondStep[] = ['totp', 'recovery-code'];

/**
 * What is asked after the first proof: always the second factor of who has one; else, from a network or device that the
 * login has not signed in from, a code to its verified number; where there is none, its owner is told (F-0107).
 */
export class SecondSteps {
  constructor(private readonly parts: SecondStepParts) {}

  isEnrolled(login: { readonly id: string }): Promise<boolean> {
    return this.parts.factors.isEnrolled(login.id);
  }

  /** The steps of which one must be taken; none means that nothing more is asked. */
  async methodsFor(login: LoginStanding, how: FirstProof): Promise<readonly SecondStep[]> {
    if (how.shown === 'new') return [];
    const { places, events, letters } = this.parts;
    const unusual = await places.look(login.id, how);
    const isUnusual = unusual.any && !(unusual.network && unusual.device);
    const enrolled = await this.isEnrolled(login);
    const sent = isUnusual && !enrolled && how.shown === 'password' && (await this.sendCode(login, how));
    if (isUnusual) {
      await events.record(login, 'unusual', how, how.correlationId);
      if (!enrolled && !sent) letters?.tell(login, 'unusual', how);
    }
    if (enrolled) return APP;
    return sent ? ['sms'] : [];
  }

  /** Takes the step, once; throws what refuses it. */
  async take(
    login: LoginStanding,
    { method, code, correlationId }: { method: SecondStep; code: string; correlationId: string },
  ): Promise<void> {
    const { factors, codes } = this.parts;
    if (method === 'totp') return factors.takeTotp(login, code);
    if (method === 'recovery-code') return factors.takeRecoveryCode(login, code, correlationId);
    await codes?.takeOwn({ use: 'identity-check', loginId: login.id, code });
  }

  /**
   * False where codes cannot be sent at all. Past a limit the last one counts while it lives; without it the sign-in is
   * refused, and no letter takes its place: who has the password could use the limit up to be asked for nothing.
   */
  private async sendCode(login: LoginStanding, { address, correlationId }: FirstProof): Promise<boolean> {
    const { codes } = this.parts;
    if (!codes?.available || login.mobileVerifiedAt === null) return false;
    const wish = { use: 'identity-check', loginId: login.id, address, correlationId } as const;
    try {
      await codes.sendOwn(wish);
      return true;
    } catch (error) {
      if (!(error instanceof AppError && REFUSED.has(error.code))) throw error;
      if (await codes.isOwnLive(wish)) return true;
      throw error;
    }
  }
}
