import { type Clock, randomToken } from '@libs/kernel';
import type { GuardedHttpClient } from '../http/guarded-client.js';
import { callFailed } from '../outgoing.errors.js';
import type { Disclosures, Occasion, SmsSender } from '../ports.js';
import { authorization, canonicalQuery, contentHash } from './acs3-signature.js';

/** Account and approved texts at the provider. */
export interface AliyunAccount {
  /** `https://dysmsapi.aliyuncs.com`, or a counterpart's address. */
  readonly endpoint: string;
  readonly keyId: string;
  readonly keySecret: string;
  readonly signName: string;
  /** Code of a template whose one variable is `code`. */
  readonly template: string;
}

const VERSION = '2017-05-25';

/** Alibaba Cloud's text messages: `SendSms` of Dysmsapi, signed with method V3. */
export class AliyunSms implements SmsSender {
  readonly available = true;

  constructor(
    private readonly account: AliyunAccount,
    private readonly client: GuardedHttpClient,
    private readonly disclosures: Disclosures,
    private readonly clock: Clock,
  ) {}

  /** No second try: the provider charges each call, and may have sent what it failed to answer. */
  async sendCode({ mobile, code }: { readonly mobile: string; readonly code: string }, occasion: Occasion) {
    await this.disclosures.record({ ...occasion, recipient: 'sms', fields: 'mobile' });
    const { signName, template } = this.account;
    const answer = await this.post('SendSms', {
      PhoneNumbers: providerNumber(mobile),
      SignName: signName,
      TemplateCode: template,
      TemplateParam: JSON.stringify({ code }),
    });
    const reason = codeOf(answer);
    if (reason !== 'OK') throw callFailed(reason);
  }

  private async post(action: string, query: Readonly<Record<string, string>>): Promise<string> {
    const { endpoint, keyId, keySecret } = this.account;
    const { host, origin } = new URL(endpoint);
    const headers = {
      host,
      'x-acs-action': action,
      'x-acs-version': VERSION,
      'x-acs-date': new Date(this.clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z'),
      'x-acs-signature-nonce': randomToken(),
      'x-acs-content-sha256': contentHash(''),
    };
    const signed = authorization({ method: 'POST', path: '/', query, headers, body: '' }, keyId, keySecret);
    const { body } = await this.client.call({
      method: 'POST',
      url: `${origin}/?${canonicalQuery(query)}`,
      headers: { ...headers, authorization: signed, accept: 'application/json' },
    });
    return body.toString('utf8');
  }
}

/** Numbers of the mainland without prefix, others with their country code and no plus. */
function providerNumber(mobile: string): string {
  return mobile.replace(/^\+86(?=1\d{10}$)/, '').replace(/^\+/, '');
}

/** The provider's own word for what happened, if it looks like one: nothing else of an answer may reach a log. */
function codeOf(body: string): string {
  try {
    const { Code } = JSON.parse(body) as { Code?: unknown };
    return typeof Code === 'string' && /^[A-Za-z][A-Za-z0-9._]{0,63}$/.test(Code) ? Code : 'unreadable-answer';
  } catch {
    return 'unreadable-answer';
  }
}
