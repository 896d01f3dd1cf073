import { AUTH_PORTS, type AuthPorts } from '@libs/auth';
import type { Config } from '@libs/config';
import type { AccountOptions } from '@libs/contracts';
import { Access, CONFIG } from '@libs/http';
import { Controller, Get, Inject } from '@nestjs/common';

/** What the doors offer here; without an adapter there is no such door. */
@Controller('api/v1/account/options')
export class OptionsController {
  constructor(
    @Inject(AUTH_PORTS) private readonly ports: AuthPorts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Which ways in there are: codes by text message, letters, sign-up (F-0106). */
  @Get()
  @Access.public('which doors there are, the same for everybody; the sign-in page asks before it is drawn')
  options(): AccountOptions {
    const { sms, mail } = this.ports.outgoing;
    return { sms: sms.available, mail: mail.available, signUp: this.config.accounts.signUp };
  }
}
