import { MEMBER_NOTICE, type MemberRole } from '@libs/auth';
import { type Column } from '@libs/testing';
import { type AccountWorld, openAccountWorld, PASSWORD } from '../../apps/account/src/account-world.fixture.js';
import { openSmsCounterpart, type SmsCounterpart } from '../../libs/outgoing/src/testing/sms-counterpart.js';
import { openSmtpCounterpart, type SmtpCounterpart } from '../../libs/outgoing/src/testing/smtp-counterpart.js';

const PATIENCE_MS = 20_000;

/** A person with a login and a member, as the tests know them. */
export interface Person {
  readonly email: string;
  readonly mobile: string;
  readonly loginId: string;
  readonly memberId: string;
}

/** The account service with a provider of text messages and a mail server on this machine. */
export interface MessagesWorld extends AccountWorld {
  readonly sms: SmsCounterpart;
  readonly smtp: SmtpCounterpart;
  /** Hires somebody whose number was shown to be theirs, unless told otherwise. */
  hire(role?: MemberRole, options?: { readonly verified?: boolean; readonly tenantId?: string }): Promise<Person>;
  /** The last code that went to this number; messages go out after the answer. */
  codeTo(mobile: string): Promise<string>;
  /** Texts of the letters to an address, oldest first. */
  letters(email: string, least?: number): Promise<readonly string[]>;
}

/** Opens it; `env` sets what an operator would besides. */
export async function openMessagesWorld(
  column: Column,
  env: Readonly<Record<string, string>> = {},
): Promise<MessagesWorld> {
  const [sms, smtp] = [await openSmsCounterpart(), await openSmtpCounterpart()];
  const world = await openAccountWorld(column, {
    CUSTODIA_SMS_URL: `http://${sms.keyId}:${sms.keySecret}@127.0.0.1:${sms.port}`,
    CUSTODIA_SMS_SIGN_NAME: 'Custodia',
    CUSTODIA_SMS_TEMPLATE: 'SMS_1',
    CUSTODIA_SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    CUSTODIA_MAIL_FROM: 'Custodia <no-reply@custodia.example>',
    CUSTODIA_LOCAL_DESTINATIONS: `127.0.0.1:${sms.port},127.0.0.1:${smtp.port}`,
    ...env,
  });
  let count = 0;
  const until = async <T>(find: () => T | undefined): Promise<T> => {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('nothing arrived');
  };
  return {
    ...world,
    ...{ sms, smtp },
    hire: async (role = 'agent', { verified = true, tenantId = world.stage.tenants[0] } = {}) => {
      count += 1;
      const [email, mobile] = [`person${count}@alpha.example`, `+86139${10_000_000 + count}`];
      const { accounts, notices, platform } = world.auth;
      const { loginId } = await accounts.createLogin({ email, mobile, password: PASSWORD });
      const { memberId } = await accounts.createMember({ tenantId, loginId, role, displayName: `Person ${count}` });
      await notices.confirm({ tenantId, memberId }, { version: MEMBER_NOTICE.version, locale: 'en' }, 'test');
      const platformId = await platform.id();
      await world.stage.platform.work.upkeep(
        async (tx) =>
          tx.run('UPDATE auth_login SET mobile_verified_at = ?, email_verified_at = 1 WHERE tenant_id = ? AND id = ?', [
            ...[verified ? 1 : null, platformId, loginId],
          ]),
        new Set([platformId]),
      );
      return { email, mobile, loginId, memberId };
    },
    codeTo: (mobile) => until(() => sms.sent.findLast((one) => `+86${one.mobile}` === mobile)?.code),
    letters: (email, least = 1) => {
      const texts = () => smtp.received.filter(({ to }) => to.includes(email)).map(({ text }) => text);
      return until(() => (texts().length >= least ? texts() : undefined));
    },
    close: async () => {
      await world.close();
      await Promise.all([sms.close(), smtp.close()]);
    },
  };
}
