import type {
  AgentSent,
  Colleagues,
  ConversationAssign,
  ConversationRelease,
  ConversationSnooze,
  ConversationSnoozed,
  DraftKeep,
  DraftVersion,
  KeptDraft,
  Mentions,
  ReplySchedule,
  ScheduledReplies,
  ScheduledReply,
  ScheduledReplyChange,
} from '@libs/contracts';
import { Caller, type CallerOptions } from './caller.js';

const conversation = (id: string): string => `/chat/conversations/${encodeURIComponent(id)}`;

const scheduled = (id: string): string => `${conversation(id)}/scheduled-replies`;

/** What members arrange among themselves about conversations. */
export class WorkClient {
  private readonly http: Caller;

  constructor(options: CallerOptions = {}) {
    this.http = new Caller(options);
  }

  colleagues(signal?: AbortSignal): Promise<Colleagues> {
    return this.http.get('/chat/colleagues', signal);
  }

  /** Notes that name the caller. */
  mentions(signal?: AbortSignal): Promise<Mentions> {
    return this.http.get('/chat/mentions', signal);
  }

  assign(id: string, body: ConversationAssign): Promise<AgentSent> {
    return this.http.post(`${conversation(id)}/assign`, body);
  }

  snooze(id: string, body: ConversationSnooze): Promise<ConversationSnoozed> {
    return this.http.post(`${conversation(id)}/snooze`, body);
  }

  wake(id: string): Promise<AgentSent> {
    return this.http.post(`${conversation(id)}/wake`);
  }

  draft(id: string): Promise<KeptDraft> {
    return this.http.get(`${conversation(id)}/draft`);
  }

  keepDraft(id: string, body: DraftKeep): Promise<DraftVersion> {
    return this.http.put(`${conversation(id)}/draft`, body);
  }

  scheduledReplies(id: string, signal?: AbortSignal): Promise<ScheduledReplies> {
    return this.http.get(scheduled(id), signal);
  }

  scheduleReply(id: string, body: ReplySchedule): Promise<ScheduledReply> {
    return this.http.post(scheduled(id), body);
  }

  changeScheduledReply(id: string, replyId: string, body: ScheduledReplyChange): Promise<ScheduledReply> {
    return this.http.patch(`${scheduled(id)}/${encodeURIComponent(replyId)}`, body);
  }

  cancelScheduledReply(id: string, replyId: string): Promise<void> {
    return this.http.delete(`${scheduled(id)}/${encodeURIComponent(replyId)}`);
  }

  sendScheduledReply(id: string, replyId: string): Promise<AgentSent> {
    return this.http.post(`${scheduled(id)}/${encodeURIComponent(replyId)}/send`);
  }

  release(id: string, body: ConversationRelease): Promise<AgentSent> {
    return this.http.post(`${conversation(id)}/release`, body);
  }
}
