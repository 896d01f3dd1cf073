import type { JournalListener, JournalRow } from '@libs/events';
import { Injectable } from '@nestjs/common';
import { StreamEmitter } from '../stream/stream-emitter.js';

/** Tells the consoles of a workspace, in every process, which rows of their lists have other labels now. */
@Injectable()
export class LabelNews implements JournalListener {
  readonly name = 'chat.label-news';
  readonly kinds = [
    'chat.conversation-labelled.v1',
    'chat.conversation-unlabelled.v1',
    'chat.label-created.v1',
    'chat.label-changed.v1',
    'chat.label-deleted.v1',
  ];

  constructor(private readonly emitter: StreamEmitter) {}

  hear(rows: readonly JournalRow[]): void {
    const conversations = new Map<string, string>();
    const workspaces = new Set<string>();
    for (const { tenantId, resource } of rows) {
      if (resource.startsWith('label:')) workspaces.add(tenantId);
      else conversations.set(resource.slice('conversation:'.length), tenantId);
    }
    for (const tenantId of workspaces) this.emitter.tell(tenantId, 'labels', {});
    for (const [conversationId, tenantId] of conversations) {
      this.emitter.tell(tenantId, 'conversation', { conversationId });
    }
  }
}
