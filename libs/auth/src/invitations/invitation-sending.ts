import type { InvitationMade, InvitationView } from '@libs/contracts';
import type { ActingMember } from '../members/member-changes.js';
import type { MemberNames } from '../members/member-names.js';
import type { MemberRole } from '../members/roles.js';
import type { AuthPorts } from '../ports.js';
import { invitationLetter } from './invitation-letter.js';
import type { Invitations, SentInvitation } from './invitations.js';

/** Brings invitations to people: by mail where mail can be sent, and as a link that the inviter sees once. */
export class InvitationSending {
  constructor(
    private readonly ports: AuthPorts,
    private readonly invitations: Invitations,
    private readonly names: MemberNames,
  ) {}

  async invite(by: ActingMember, wish: { email: string; role: MemberRole }): Promise<InvitationMade> {
    return this.send(by, await this.invitations.invite(by, wish));
  }

  async resend(by: ActingMember, id: string): Promise<InvitationMade> {
    return this.send(by, await this.invitations.resend(by, id));
  }

  /** What the invited person sees before deciding. */
  async view(token: string): Promise<InvitationView> {
    const { tenantId, invitation } = await this.invitations.look(token);
    const { role, invitedBy, expiresAt } = invitation;
    return { ...(await this.introduction(tenantId, invitedBy)), role, expiresAt };
  }

  private async send(by: ActingMember, { id, subjectId, email, token, expiresAt }: SentInvitation) {
    const { tenantId, correlationId } = by;
    // Behind the #: what a browser asks servers for does not hold it.
    const urlOf = (secret: string): string => `${this.ports.publicOrigin}/invitations#token=${secret}`;
    const url = urlOf(token);
    const { mail } = this.ports.outgoing;
    if (!mail.available) return { id, url, expiresAt, mailed: false };
    const letter = invitationLetter({
      ...{ to: email, url: urlOf(await this.invitations.forLetter(tenantId, token)) },
      ...(await this.introduction(tenantId, by.memberId)),
    });
    const mailed = await mail.send(letter, { tenantId, subjectId, resource: `invitation:${id}`, correlationId }).then(
      () => true,
      (error: unknown) => {
        // The inviter has the link, and is told that nothing was mailed.
        this.ports.log.error('account.letter-not-sent', { err: error });
        return false;
      },
    );
    return { id, url, expiresAt, mailed };
  }

  private async introduction(tenantId: string, memberId: string): Promise<{ workspace: string; inviter: string }> {
    // The list of tenants belongs to no tenant; the id is the inviter's own.
    const [tenant] = await this.ports.database.reader.all<{ name: string }>(
      'SELECT name FROM tenant_tenant WHERE id = ?',
      [tenantId],
    );
    const names = await this.names.nameOf(tenantId, [memberId]);
    return { workspace: tenant?.name ?? '', inviter: names.get(memberId) ?? '' };
  }
}
