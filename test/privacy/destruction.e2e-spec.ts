import type { PersonErased } from '@libs/contracts';
import { openPlatform, type Platform } from '@libs/platform';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { standaloneMigrations } from '../../apps/standalone/src/standalone.js';
import { openWallWorld } from '../walls/wall-world.js';
import type { ChatWorld } from '../world/chat-world.js';
import { must, servedNoLonger, until } from '../world/clients.js';

const TABLES = [
  'chat_conversation',
  'chat_message',
  'chat_change',
  'chat_sender',
  'chat_participant',
  'chat_visitor_token',
];

/** Not accepted: refused by an answer, or never answered because the visitor's socket ended first. */
const refused = (sent: Promise<{ readonly ok: boolean }>): Promise<boolean> =>
  sent.then(
    (answer) => !answer.ok,
    () => true,
  );

describeColumns('destroying a person on $column who has written', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openWallWorld(column);
  });
  afterAll(() => world?.close());

  const subjectOf = async (): Promise<string> => {
    const tenantId = world.tenants[0].id;
    const rows = await world.platform.work.upkeep(
      async (tx) =>
        tx.all<{ subject_id: string }>(
          'SELECT subject_id FROM chat_conversation WHERE tenant_id = ? ORDER BY created_at DESC, id DESC LIMIT 1',
          [tenantId],
        ),
      new Set([tenantId]),
    );
    return rows[0]!.subject_id;
  };

  const counts = async (): Promise<number[]> => {
    const tenantId = world.tenants[0].id;
    return world.platform.work.upkeep(
      async (tx) => {
        const found: number[] = [];
        for (const table of TABLES) {
          const [row] = await tx.all<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table} WHERE tenant_id = ?`, [
            tenantId,
          ]);
          found.push(Number(row!.n));
        }
        return found;
      },
      new Set([tenantId]),
    );
  };

  it('P-1307 takes every row of the person, refuses new writes at once, and is resumable', async () => {
    const before = await counts();
    const visitor = await world.visitor();
    const agent = await world.agent();
    must(await visitor.send('to be forgotten'));
    const conversation = (await agent.list('unassigned')).items[0]!;
    await agent.take(conversation.id);
    const subjectId = await subjectOf();
    const { destruction } = world.platform.upkeep;
    await destruction.destroySubject(world.tenants[0].id, subjectId);
    expect(await refused(visitor.send('still there?'))).toBe(true);
    expect(await counts()).toEqual(before);
    expect((await agent.get(`/conversations/${conversation.id}`)).status).toBe(404);
    await destruction.destroySubject(world.tenants[0].id, subjectId);
    expect(await destruction.resumeDestructions()).toBe(0);
    await expect(world.visitor({ token: visitor.token! })).rejects.toMatchObject({ code: 'chat.token-invalid' });
  });

  it('P-1307 open consoles hear of it, also of a conversation that is gone by then; another workspace does not', async () => {
    const visitor = await world.visitor();
    must(await visitor.send('soon nobody’s'));
    const subjectId = await subjectOf();
    const consoles = [await world.agent(), await world.agent({ tenant: world.tenants[1] })];
    const heard = consoles.map(({ socket }) => {
      const subjects: string[] = [];
      socket.on('erased', (packet: PersonErased) => subjects.push(packet.subjectId));
      return subjects;
    });
    await world.platform.upkeep.destruction.destroySubject(world.tenants[0].id, subjectId);
    await until(() => heard[0]!.includes(subjectId));
    expect(heard[1]).toEqual([]);
    for (const one of consoles) one.close();
  });

  if (column === 'mariadb') {
    it('P-0109 a second process refuses within 5 s, and its write is fenced at once', async () => {
      const visitor = await world.visitor();
      must(await visitor.send('seen by both'));
      const subjectId = await subjectOf();
      const second: Platform = await openPlatform({
        config: world.platform.config,
        migrations: standaloneMigrations,
        log: world.platform.log,
        gate: true,
      });
      try {
        const tenantId = world.tenants[0].id;
        await second.cipher.load(tenantId, [subjectId], 'content');
        expect(
          second.keys.fieldKey(tenantId, subjectId, 'content', 'chat_message.body', 'support-conversation'),
        ).toBeDefined();
        await world.platform.upkeep.destruction.destroySubject(tenantId, subjectId);
        await expect(
          second.committer.submit({
            tenantId,
            actor: { kind: 'system', id: 'test' },
            purpose: 'support-conversation',
            correlationId: 'test',
            steps: [second.subjects.step({ subjectId })],
            journal: [{ kind: 'test.v1', subjectId, resource: 'test:1', fields: '', commitment: null }],
          }),
        ).rejects.toMatchObject({ code: 'privacy.subject-closed' });
        await servedNoLonger(() => {
          try {
            return (
              second.keys.fieldKey(tenantId, subjectId, 'content', 'chat_message.body', 'support-conversation') !==
              undefined
            );
          } catch {
            return false;
          }
        });
        await expect(second.cipher.load(tenantId, [subjectId], 'content')).rejects.toMatchObject({
          code: 'privacy.subject-erased',
        });
      } finally {
        await second.close();
      }
    });
  }
});
