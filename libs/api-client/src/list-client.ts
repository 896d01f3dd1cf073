import type {
  ConversationLabels,
  ConversationPage,
  Label,
  LabelCreate,
  LabelEdit,
  LabelList,
  LabelUse,
  ListCounts,
  ListOptions,
  ListWish,
  SavedView,
  SavedViewKeep,
  SavedViews,
} from '@libs/contracts';
import type { PageOptions } from './api-client.js';
import { Caller, type CallerOptions, query } from './caller.js';

const id = encodeURIComponent;
const joined = (values: readonly string[] = []): string | undefined => (values.length > 0 ? values.join() : undefined);

/** Lists of conversations: what narrows them, labels, views that a member keeps. */
export class ListClient {
  private readonly http: Caller;

  constructor(options: CallerOptions = {}) {
    this.http = new Caller(options);
  }

  conversations(
    { view, filter, sort, person, handle, people }: ListWish,
    options: PageOptions = {},
  ): Promise<ConversationPage> {
    const { cursor, limit, signal } = options;
    if (people !== undefined) {
      const search = { subjectIds: people, cursor, limit };
      return this.http.post('/chat/conversations/searches', search, signal);
    }
    const { inbox, label, state, assignee, unread, waiting } = filter;
    const narrowed = {
      ...{ inbox: joined(inbox), label: joined(label), state: joined(state), assignee: joined(assignee) },
      ...{ unread: unread ? 'true' : undefined, waiting, sort: sort === 'newest' ? undefined : sort },
      ...{ person, handle },
    };
    return this.http.get(`/chat/conversations${query({ view, ...narrowed, cursor, limit })}`, signal);
  }

  counts(signal?: AbortSignal): Promise<ListCounts> {
    return this.http.get('/chat/conversations/counts', signal);
  }

  options(signal?: AbortSignal): Promise<ListOptions> {
    return this.http.get('/chat/list-options', signal);
  }

  labels(signal?: AbortSignal): Promise<LabelList> {
    return this.http.get('/chat/labels', signal);
  }

  createLabel(label: LabelCreate): Promise<Label> {
    return this.http.post('/chat/labels', label);
  }

  editLabel(labelId: string, edit: LabelEdit): Promise<Label> {
    return this.http.patch(`/chat/labels/${id(labelId)}`, edit);
  }

  labelUse(labelId: string, signal?: AbortSignal): Promise<LabelUse> {
    return this.http.get(`/chat/labels/${id(labelId)}/use`, signal);
  }

  deleteLabel(labelId: string): Promise<void> {
    return this.http.delete(`/chat/labels/${id(labelId)}`);
  }

  setLabel(conversationId: string, labelId: string, on: boolean): Promise<ConversationLabels> {
    const path = `/chat/conversations/${id(conversationId)}/labels/${id(labelId)}`;
    return on ? this.http.put(path, {}) : this.http.delete(path);
  }

  views(signal?: AbortSignal): Promise<SavedViews> {
    return this.http.get('/chat/views', signal);
  }

  createView(view: SavedViewKeep): Promise<SavedView> {
    return this.http.post('/chat/views', view);
  }

  replaceView(viewId: string, view: SavedViewKeep): Promise<SavedView> {
    return this.http.put(`/chat/views/${id(viewId)}`, view);
  }

  deleteView(viewId: string): Promise<void> {
    return this.http.delete(`/chat/views/${id(viewId)}`);
  }
}
