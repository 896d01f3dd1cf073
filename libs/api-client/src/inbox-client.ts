import type { FirstRun, InboxDetail, InboxEdit, InboxList, InboxSecretMade } from '@libs/contracts';
import { Caller, type CallerOptions } from './caller.js';

/** Acts on an inbox that need nothing but the version that was seen. */
export type InboxActName = 'notices' | 'attestation' | 'switch-on' | 'switch-off';

const path = (id: string, rest = ''): string => `/chat/inboxes/${encodeURIComponent(id)}${rest}`;

/** Inboxes of the workspace, for those who manage them. */
export class InboxClient {
  private readonly http: Caller;

  constructor(options: CallerOptions = {}) {
    this.http = new Caller(options);
  }

  /** How far the workspace has come. */
  firstRun(signal?: AbortSignal): Promise<FirstRun> {
    return this.http.get('/chat/first-run', signal);
  }

  inboxes(signal?: AbortSignal): Promise<InboxList> {
    return this.http.get('/chat/inboxes', signal);
  }

  inbox(id: string, signal?: AbortSignal): Promise<InboxDetail> {
    return this.http.get(path(id), signal);
  }

  create(name: string): Promise<InboxDetail> {
    return this.http.post('/chat/inboxes', { name });
  }

  edit(id: string, edit: InboxEdit): Promise<InboxDetail> {
    return this.http.patch(path(id), edit);
  }

  act(id: string, act: InboxActName, version: number): Promise<InboxDetail> {
    return this.http.post(path(id, `/${act}`), { version });
  }

  /** A new secret, shown this once. */
  makeSecret(id: string, version: number): Promise<InboxSecretMade> {
    return this.http.post(path(id, '/secrets'), { version });
  }

  revokeSecret(id: string, secretId: string, version: number): Promise<InboxDetail> {
    return this.http.delete(path(id, `/secrets/${encodeURIComponent(secretId)}`), { version });
  }

  end(id: string, version: number, name: string): Promise<void> {
    return this.http.delete(path(id), { version, name });
  }
}
