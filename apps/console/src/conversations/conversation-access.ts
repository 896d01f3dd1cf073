import type {
  AgentItem,
  ConversationAccess,
  ConversationSummary,
  TextWithheld,
  WithheldBecause,
} from '@libs/contracts';

/**
 * What the line said last about which conversations may not be read. It knows sooner than an answer that is still on its
 * way, so no text of these enters this page's memory by any door.
 */
export class ClosedConversations {
  private readonly reasons = new Map<string, WithheldBecause>();

  hear({ conversationId, withheld }: ConversationAccess): void {
    if (withheld === null) this.reasons.delete(conversationId);
    else this.reasons.set(conversationId, withheld);
  }

  /** The line is gone, and with it what it would have said: answers alone count from now on. */
  forget(): void {
    this.reasons.clear();
  }

  row(row: ConversationSummary): ConversationSummary {
    return withAccess(row, this.reasons.get(row.id) ?? row.withheld ?? null);
  }

  item(item: AgentItem): AgentItem {
    const reason = this.reasons.get(item.conversationId);
    return reason === undefined ? item : withoutText(item, reason);
  }

  items(items: readonly AgentItem[]): readonly AgentItem[] {
    return items.map((item) => this.item(item));
  }
}

/** Those of this page. */
export const closed = new ClosedConversations();

/** A row as it looks while its text is withheld, or no longer is. */
export function withAccess(row: ConversationSummary, reason: TextWithheld | null): ConversationSummary {
  const { preview, withheld, ...bare } = row;
  if (reason !== null) return { ...bare, withheld: reason };
  return preview === undefined ? bare : { ...bare, preview };
}

/** Its place and author stay, its text goes. */
export function withoutText(item: AgentItem, reason: WithheldBecause): AgentItem {
  return item.kind === 'message' || item.kind === 'note' ? { ...item, text: '', withheld: reason } : item;
}

export function isWithheld(item: AgentItem): boolean {
  return (item.kind === 'message' || item.kind === 'note') && item.withheld !== undefined;
}
