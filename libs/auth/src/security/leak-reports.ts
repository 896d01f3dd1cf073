import type { Actor } from '@libs/database';
import type { LoginChanges } from '../logins/login-changes.js';
import type { LoginStanding } from '../sign-in/login-standing.js';
import type { Whereabouts } from './known-places.js';
import type { LoginEvents } from './login-events.js';
import type { SecurityLetters } from './security-letters.js';

/** Who reports, and from where. */
export interface LeakReport extends Whereabouts {
  readonly login: LoginStanding;
  readonly actor: Actor;
  readonly correlationId: string;
}

/** What a report works with. */
export interface LeakReportParts {
  readonly changes: LoginChanges;
  readonly events: LoginEvents;
  readonly letters: SecurityLetters;
}

/** "My password leaked": nobody gets in with it any more, and whoever is in is out (F-0113). A reset opens the login. */
export class LeakReports {
  constructor(private readonly parts: LeakReportParts) {}

  /** Freezes the login and ends its sessions in every workspace, in one transaction. */
  async report({ login, actor, correlationId, ...where }: LeakReport): Promise<void> {
    const { changes, events, letters } = this.parts;
    const event = await events.prepare(login, 'frozen', where);
    await changes.apply({
      ...{ login, actor, correlationId, set: { state: 'frozen' }, kind: 'account.login-frozen.v1' },
      recheck: ({ tx }) => events.write(tx, event),
    });
    letters.tell(login, 'frozen', { ...where, correlationId });
  }
}
