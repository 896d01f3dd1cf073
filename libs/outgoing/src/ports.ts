/** Why a message goes out and what caused it: the facts of its line in the disclosure journal. */
export interface Occasion {
  /** Whose business it is: the platform's for logins, a workspace's for its invitations. */
  readonly tenantId: string;
  /** The person whose address is told to the carrier; null where nobody is known by it yet. */
  readonly subjectId: string | null;
  /** `<kind>:<id>` of what the message is about, e.g. `reset:0190…`. */
  readonly resource: string;
  readonly correlationId: string;
}

/** Sends one-time codes by text message. */
export interface SmsSender {
  /** False where no provider is set; `sendCode` then refuses. */
  readonly available: boolean;
  /** Hands one code to the provider, once: text messages cost money and providers know no repetition. */
  sendCode(message: { readonly mobile: string; readonly code: string }, occasion: Occasion): Promise<void>;
}

/** A letter in plain text. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends letters. */
export interface MailSender {
  /** False where no server is set; `send` then refuses. */
  readonly available: boolean;
  send(mail: Mail, occasion: Occasion): Promise<void>;
}

/** Where it is written down that something about a person left the house, before it leaves. */
export interface Disclosures {
  record(disclosure: Occasion & { readonly recipient: 'sms' | 'mail'; readonly fields: string }): Promise<void>;
}
