import type { Destinations } from '../http/destination.js';
import { callFailed } from '../outgoing.errors.js';
import type { Disclosures, Mail, MailSender, Occasion } from '../ports.js';
import { safeAddress, safeName, safeSubject } from './mail-header.js';

/** The mail server and who writes. */
export interface SmtpAccount {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS is required, except on this machine. */
  readonly tls: boolean;
  readonly login?: string;
  readonly password?: string;
  readonly from: { readonly name: string; readonly address: string };
  /** Name this installation greets with; never the name of the machine. */
  readonly greeting: string;
}

const PHASE_MS = 10_000;

/** Letters through an SMTP server. Each has a connection of its own, to an address that was checked. */
export class SmtpMail implements MailSender {
  readonly available = true;

  constructor(
    private readonly account: SmtpAccount,
    private readonly destinations: Destinations,
    private readonly disclosures: Disclosures,
  ) {}

  async send(mail: Mail, occasion: Occasion): Promise<void> {
    const to = safeAddress(mail.to);
    const subject = safeSubject(mail.subject);
    const from = { name: safeName(this.account.from.name), address: safeAddress(this.account.from.address) };
    await this.disclosures.record({ ...occasion, recipient: 'mail', fields: 'email' });
    const transport = await this.transport();
    try {
      await transport.sendMail({
        ...{ from, to: { name: '', address: to }, subject, text: mail.text },
        envelope: { from: from.address, to: [to] },
        // Nobody's out-of-office note should answer a machine.
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw callFailed('mail-server', error);
    } finally {
      transport.close();
    }
  }

  private async transport() {
    const { host, port, tls, login, password, greeting } = this.account;
    const { address } = await this.destinations.addressOf(host, port);
    // Only who writes letters loads what sends them.
    const { createTransport } = await import('nodemailer');
    return createTransport({
      ...{ host: address, port, secure: tls, requireTLS: !tls && !isThisMachine(address), name: greeting },
      ...{ tls: { servername: host, minVersion: 'TLSv1.2' as const } },
      ...{ connectionTimeout: PHASE_MS, greetingTimeout: PHASE_MS, socketTimeout: PHASE_MS },
      ...{ disableFileAccess: true, disableUrlAccess: true },
      ...(login === undefined ? {} : { auth: { user: login, pass: password ?? '' } }),
    });
  }
}

function isThisMachine(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}
