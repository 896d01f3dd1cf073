import type { CannedCreate, CannedEdit, CannedResponse, CannedResponses, MentionsLeft } from '@libs/contracts';
import { Caller, type CallerOptions } from './caller.js';

const canned = (id: string): string => `/chat/canned-responses/${encodeURIComponent(id)}`;

/** Canned responses, and which notes that name the member were read. */
export class WordsClient {
  private readonly http: Caller;

  constructor(options: CallerOptions = {}) {
    this.http = new Caller(options);
  }

  canned(signal?: AbortSignal): Promise<CannedResponses> {
    return this.http.get('/chat/canned-responses', signal);
  }

  createCanned(wish: CannedCreate): Promise<CannedResponse> {
    return this.http.post('/chat/canned-responses', wish);
  }

  editCanned(id: string, edit: CannedEdit): Promise<CannedResponse> {
    return this.http.put(canned(id), edit);
  }

  removeCanned(id: string, version: number): Promise<void> {
    return this.http.delete(canned(id), { version });
  }

  /** My mentions of one conversation, up to a revision, are read. */
  readMentions(conversationId: string, upTo: number): Promise<MentionsLeft> {
    return this.http.post(`/chat/conversations/${encodeURIComponent(conversationId)}/mentions/read`, { upTo });
  }
}
