import type { LoginChanges } from '../logins/login-changes.js';
import type { Logins } from '../logins/logins.js';
import type { PasswordHasher } from '../logins/password-hasher.js';
import type { StaffAccounts } from '../members/staff-accounts.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import { ResetUse } from '../resets/reset-use.js';
import { Resets } from '../resets/resets.js';
import { SecurityLetters } from '../security/security-letters.js';
import { Background } from './background.js';
import { LoginNumbers } from './login-numbers.js';
import { OneTimeCodes } from './one-time-codes.js';
import { RequestLimits } from './request-limits.js';

/** Everything that works once: codes and links, with what they share. */
export interface OneTime {
  readonly codes: OneTimeCodes;
  readonly numbers: LoginNumbers;
  readonly resets: Resets;
  readonly resetUse: ResetUse;
  /** Messages that are on their way after the answer. */
  readonly background: Background;
  readonly letters: SecurityLetters;
}

/** Makes codes and links from what sign-in has. */
export function createOneTime(
  ports: AuthPorts,
  parts: {
    readonly platform: PlatformTenant;
    readonly logins: Logins;
    readonly accounts: StaffAccounts;
    readonly hasher: PasswordHasher;
    readonly changes: LoginChanges;
  },
): OneTime {
  const { platform, logins, accounts, hasher, changes } = parts;
  const background = new Background(ports.log);
  const limits = new RequestLimits(ports, platform);
  const numbers = new LoginNumbers(ports, platform);
  const letters = new SecurityLetters(ports, platform, { mail: ports.outgoing.mail, background });
  return {
    ...{ background, letters },
    numbers,
    codes: new OneTimeCodes(ports, { platform, logins, numbers, limits, background }),
    resets: new Resets(ports, { platform, accounts, logins, numbers, limits, background }),
    resetUse: new ResetUse(ports, { platform, hasher, changes, letters }),
  };
}
