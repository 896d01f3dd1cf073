import { Ref } from '@libs/http';

/** `:id` of a session. */
export class AgentSessionParams {
  @Ref('agent-session') id: string;
}

/** A browser that the caller is signed in on. */
export interface AgentSessionSummary {
  readonly id: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  /** It is the one that asks. */
  readonly current: boolean;
}
