import type { Config } from '@libs/config';
import type { Clock } from '@libs/kernel';
import { Destinations, type Resolve } from './http/destination.js';
import { GuardedHttpClient } from './http/guarded-client.js';
import { SmtpMail } from './mail/smtp-mail.js';
import { channelMissing } from './outgoing.errors.js';
import type { Disclosures, MailSender, SmsSender } from './ports.js';
import { AliyunSms } from './sms/aliyun-sms.js';

/** Every way out of this process. */
export interface Outgoing {
  readonly http: GuardedHttpClient;
  readonly sms: SmsSender;
  readonly mail: MailSender;
}

/** What the ways out stand on. */
export interface OutgoingParts {
  readonly config: Pick<Config, 'outgoing' | 'server'>;
  readonly disclosures: Disclosures;
  readonly clock: Clock;
  readonly resolve?: Resolve;
}

/** No provider is set: nothing can be sent, and the doors that would need it are not offered. */
export const noSms: SmsSender = { available: false, sendCode: () => Promise.reject(channelMissing()) };
/** No mail server is set. */
export const noMail: MailSender = { available: false, send: () => Promise.reject(channelMissing()) };

/** Builds what is configured. */
export function openOutgoing({ config, disclosures, clock, resolve }: OutgoingParts): Outgoing {
  const { sms, smtp, localDestinations } = config.outgoing;
  const destinations = new Destinations(localDestinations, resolve);
  const http = new GuardedHttpClient({ destinations });
  return {
    http,
    sms: sms ? new AliyunSms({ ...sms, keySecret: sms.keySecret.reveal() }, http, disclosures, clock) : noSms,
    mail: smtp ? new SmtpMail(smtpAccount(smtp, config), destinations, disclosures) : noMail,
  };
}

function smtpAccount(smtp: NonNullable<Config['outgoing']['smtp']>, { server }: Pick<Config, 'server'>) {
  const { host, port, tls, from, login, password } = smtp;
  return {
    ...{ host, port, tls, from, greeting: new URL(server.publicOrigin).hostname },
    ...(login === undefined ? {} : { login, password: password?.reveal() ?? '' }),
  };
}
