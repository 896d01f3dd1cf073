import type { AgentSent, Colleagues, ConversationAssign, ConversationRelease } from '@libs/contracts';
import { Caller, type CallerOptions } from './caller.js';

const conversation = (id: string): string => `/chat/conversations/${encodeURIComponent(id)}`;

/** What members arrange among themselves about conversations. */
export class WorkClient {
  private readonly http: Caller;

  constructor(options: CallerOptions = {}) {
    this.http = new Caller(options);
  }

  colleagues(signal?: AbortSignal): Promise<Colleagues> {
    return this.http.get('/chat/colleagues', signal);
  }

  assign(id: string, body: ConversationAssign): Promise<AgentSent> {
    return this.http.post(`${conversation(id)}/assign`, body);
  }

  release(id: string, body: ConversationRelease): Promise<AgentSent> {
    return this.http.post(`${conversation(id)}/release`, body);
  }
}
