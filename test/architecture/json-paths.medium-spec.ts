import type { AgentSent, ConversationPage } from '@libs/contracts';
import { declarationsOf, type JsonSchema, undeclaredPaths } from '@libs/privacy-core';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { ask, must, newSender } from '../world/clients.js';
import { loadProduct, type Product } from './product.js';

interface Stored {
  readonly place: string;
  readonly schema: JsonSchema;
  readonly text: string;
}

describe('JSON that the product really stores', () => {
  let product: Product;
  let world: ChatWorld;
  let stored: readonly Stored[];

  beforeAll(async () => {
    product = await loadProduct();
    world = await openChatWorld({ column: 'sqlite' });
    await haveAConversation(world);
    const { database } = world.platform.config;
    if (database.kind !== 'sqlite') throw new Error('this test reads the file of SQLite');
    stored = readJson(database.file, product);
  });

  afterAll(() => world?.close());

  it('P-0301 has only paths that are declared, in columns and in the details of events', () => {
    const places = new Set(stored.map(({ place }) => place));
    expect([...places]).toEqual(expect.arrayContaining(['chat_inbox.look', 'chat_notice.body', 'chat.note-added.v1']));
    const problems = stored.map(({ place, schema, text }) => [place, ...undeclaredPaths(schema, JSON.parse(text))]);
    expect(problems.filter(([, ...paths]) => paths.length > 0)).toEqual([]);
  });
});

async function haveAConversation(world: ChatWorld): Promise<void> {
  const visitor = await world.visitor();
  must(await visitor.send('hello'));
  const agent = await world.agent();
  const page: ConversationPage = await agent.list('unassigned');
  const { id: conversationId } = page.items[0]!;
  await agent.take(conversationId);
  const sender = newSender();
  const send = (name: string, number: number) =>
    ask<AgentSent>(agent.socket, name, { conversationId, sender, number, text: 'text' });
  must(await send('message:send', 1));
  must(await send('note:add', 2));
  await agent.post(`/conversations/${conversationId}/resolve`);
  await agent.post(`/conversations/${conversationId}/reopen`);
}

/** Every value of a JSON column, and the detail of every row of the journal with the schema of its kind. */
function readJson(file: string, { entities, stores }: Product): Stored[] {
  const connection = new Libsql(file);
  try {
    const all = (sql: string) => connection.prepare(sql).all() as { readonly kind: string; readonly text: string }[];
    const columns = entities.flatMap(({ entity, table, columns: names }) =>
      [...declarationsOf(entity)].flatMap(([property, declaration]) => {
        if (declaration.type !== 'json') return [];
        const rows = all(`SELECT '' AS kind, ${names[property]} AS text FROM ${table}`);
        return rows.map(({ text }) => ({ place: `${table}.${names[property]}`, schema: declaration.schema, text }));
      }),
    );
    const details = all("SELECT kind, COALESCE(detail, '{}') AS text FROM event_journal").map(({ kind, text }) => ({
      place: kind,
      schema: stores.find(({ store, name }) => store === 'event' && name === kind)?.fields ?? {},
      text,
    }));
    return [...columns, ...details];
  } finally {
    connection.close();
  }
}
