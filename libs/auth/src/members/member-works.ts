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
  /** Idempotent; what meanwhile belongs to somebody else is left alone. */
  handOver(work: HandOver): Promise<void>;
}

/** The services of this process in which members have work; each adds itself when it starts. */
export class MemberWorks {
  private readonly ports: MemberWorkPort[] = [];

  add(port: MemberWorkPort): void {
    this.ports.push(port);
  }

  /** Here at once; other processes read it in the journal. */
  async handOver(work: HandOver): Promise<void> {
    for (const port of this.ports) await port.handOver(work);
  }
}
