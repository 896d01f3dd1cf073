import { type Placed, StepKind, type Tx } from '@libs/database';

/** The conversation that is looked at. */
export interface LookPlace {
  readonly tenantId: string;
  readonly conversationId: string;
}

/** A look of somebody at a conversation. */
export interface HeldLook extends LookPlace {
  readonly id: string;
}

/** A look that begins, and up to when it counts; null = it ends. */
export interface LookItem {
  readonly look: HeldLook;
  readonly lastsUntil: number | null;
}

/** The row of a look is there as long as the look: written with the entry of its beginning, taken away with its end's. */
export class LookStep extends StepKind<LookItem, LookItem[]> {
  readonly name = 'look';
  readonly order = 29;

  load(): LookItem[] {
    return [];
  }

  decide(): undefined {
    return undefined;
  }

  apply(items: LookItem[], { item }: Placed<LookItem>): void {
    items.push(item);
  }

  async write(tx: Tx, items: LookItem[]): Promise<void> {
    for (const { look, lastsUntil } of items) {
      const key = [look.tenantId, look.conversationId, look.id];
      if (lastsUntil === null) {
        await tx.run('DELETE FROM chat_live_look WHERE tenant_id = ? AND conversation_id = ? AND id = ?', key);
      } else {
        const columns = ['tenant_id', 'conversation_id', 'id', 'lasts_until'];
        await tx.insert('chat_live_look', columns, [[...key, lastsUntil]]);
      }
    }
  }
}
