import type { IdentityAccepted } from '@libs/contracts';

const IDENTITIES = '/api/v1/chat/widget/identities';

export interface IdentityPorts {
  readonly inbox: string;
  readonly pass: () => Promise<string>;
  readonly token: () => string | undefined;
  /** For the host page: whether the person is linked now, or why the statement was not taken. */
  readonly told: (result: { readonly linked: boolean; readonly code?: string }) => void;
  /** What lies in this browser is another person's. */
  readonly other: () => void;
}

/**
 * What the embedding site says about who is signed in there: a signed statement that we pass on and never read. Before
 * the first message the answer is a pass for the consent; the same statement is shown again once there is a token.
 */
export class SignedIdentity {
  private statement: string | undefined;
  private pass: { readonly value: string; readonly until: number } | undefined;

  constructor(private readonly ports: IdentityPorts) {}

  /** Another statement takes the place of the one before it. */
  claim(statement: string): Promise<void> {
    this.statement = statement;
    this.pass = undefined;
    return this.show();
  }

  /** There is a token now: what was only shown is linked. */
  async known(): Promise<void> {
    if (this.statement) await this.show();
  }

  /** The pass with which consent is given: the one that says who was shown, while it lasts. */
  passForConsent(): Promise<string> {
    if (this.pass && performance.now() < this.pass.until) return Promise.resolve(this.pass.value);
    return this.ports.pass();
  }

  private async show(): Promise<void> {
    const { statement } = this;
    const { inbox, told, token } = this.ports;
    const mine = token();
    const pass = await this.ports.pass();
    const response = await fetch(IDENTITIES, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json', ...(mine ? { authorization: `Bearer ${mine}` } : {}) },
      body: JSON.stringify({ inbox, pass, statement }),
    }).catch(() => undefined);
    // Another statement came meanwhile: its answer counts.
    if (statement !== this.statement) return;
    const answer: unknown = await response?.json().catch(() => undefined);
    if (response?.ok) return this.accept(answer as IdentityAccepted);
    const code = codeOf(answer);
    told({ linked: false, code });
    if (mine && code === 'chat.identity-other') this.ports.other();
  }

  private accept({ linked, pass, expiresAt }: IdentityAccepted): void {
    if (linked) this.statement = undefined;
    // Measured by this computer's stopwatch: its clock may be wrong. A pass lives ten minutes at most.
    const life = Math.min(Math.max((expiresAt ?? 0) - Date.now(), 30_000), 540_000);
    this.pass = pass ? { value: pass, until: performance.now() + life } : undefined;
    this.ports.told({ linked });
  }
}

function codeOf(answer: unknown): string {
  const known = typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string';
  return known ? (answer.code as string) : 'chat.unavailable';
}
