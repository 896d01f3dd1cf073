import { OperationalError } from '@libs/kernel';

/** Work of a member that somebody else gets: all of it to `to`, or back to where nobody has it. */
export interface HandOver {
  readonly tenantId: string;
  readonly memberId: string;
  readonly to: string | null;
  /** Who arranged it. */
  readonly by: string;
  readonly correlationId: string;
}

/** Port of a service in which members have work. What it changes is journaled there, and told to open consoles. */
export interface MemberWorkPort {
  /** Conversations that are open in the member's hands. */
  openConversations(tenantId: string, memberId: string): Promise<number>;
  /** Idempotent; what meanwhile belongs to somebody else is left alone. */
  handOver(work: HandOver): Promise<void>;
}

/** The services of this process in which members have work; each adds itself when it starts. */
export class MemberWorks {
  private readonly ports: MemberWorkPort[] = [];

  add(port: MemberWorkPort): void {
    this.ports.push(port);
  }

  /** What would be handed over; 503 in a process that has none of the services to ask. */
  async openConversations(tenantId: string, memberId: string): Promise<number> {
    if (this.ports.length === 0) {
      throw new OperationalError('account.work-unknown', 'The service with the conversations does not run here.');
    }
    const counts = await Promise.all(this.ports.map((port) => port.openConversations(tenantId, memberId)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Here at once; other processes read it in the journal. */
  async handOver(work: HandOver): Promise<void> {
    for (const port of this.ports) await port.handOver(work);
  }
}
