import { randomUUID } from 'node:crypto';
import type { IdentityAccepted, InboxDetail, InboxSecretMade } from '@libs/contracts';
import { ManualClock } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld, SHOP } from '../world/chat-world.js';
import { agree, must, postJson, type Visitor } from '../world/clients.js';
import { signStatement, statementPart } from '../world/signed-statement.js';

describeColumns('signed visitors on $column', (column) => {
  let world: ChatWorld;
  let secret: string;
  const clock = new ManualClock(Date.now());

  beforeAll(async () => {
    world = await openChatWorld({ column, clock });
    await change('PATCH', '', { identityMode: 'optional' });
    secret = (await change<InboxSecretMade>('POST', '/secrets')).secret;
  });
  afterAll(() => world?.close());

  const inbox = () => world.tenants[0];
  async function change<T = InboxDetail>(method: string, path: string, body: object = {}): Promise<T> {
    const url = `${world.origin}/api/v1/chat/inboxes/${inbox().inboxId}`;
    const headers = { cookie: inbox().members[0]!.cookie, origin: world.origin, 'content-type': 'application/json' };
    const { version } = (await (await fetch(url, { headers })).json()) as InboxDetail;
    const answer = await fetch(url + path, { method, headers, body: JSON.stringify({ version, ...body }) });
    expect(answer.status).toBe(200);
    return (await answer.json()) as T;
  }
  const claims = (more: object = {}) => ({
    ...{ sub: 'user-1', aud: inbox().inboxKey, jti: randomUUID(), exp: clock.now() / 1000 + 300 },
    ...more,
  });
  const pass = async (): Promise<string> =>
    (
      await postJson<{ pass: string }>(
        world.origin,
        '/api/v1/chat/widget/passes',
        { inbox: inbox().inboxKey },
        { origin: SHOP },
      )
    ).pass;
  async function identify(statement: string, token?: string) {
    const response = await fetch(`${world.origin}/api/v1/chat/widget/identities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ inbox: inbox().inboxKey, pass: await pass(), statement }),
    });
    return { status: response.status, body: (await response.json()) as IdentityAccepted & { code?: string } };
  }
  const written = async (): Promise<Visitor> => {
    const visitor = await world.visitor();
    must(await visitor.send('hello'));
    return visitor;
  };
  const rows = <R extends object>(sql: string) => {
    const context = { tenantId: inbox().id, actor: { kind: 'system', id: 'test' }, correlationId: 'test' } as const;
    return runInTenant(context, async () => world.platform.database.reader.all<R>(sql, [inbox().id]));
  };
  const links = () =>
    rows<{ reason: string; actor: string }>(
      "SELECT reason, actor FROM privacy_subject_link WHERE tenant_id = ? AND reason = 'signed-identity'",
    );

  it('F-0303 what is no valid statement is refused by a code of its own, and nothing is stored', async () => {
    const { token } = await written();
    const good = claims();
    const refused: [string, string][] = [
      [signStatement('another secret', good), 'chat.statement-signature'],
      [`${statementPart({ alg: 'none' })}.${statementPart(good)}.`, 'chat.statement-malformed'],
      [`${statementPart({ alg: 'none' })}.${statementPart(good)}.AA`, 'chat.statement-algorithm'],
      [signStatement(secret, good, 'RS256'), 'chat.statement-algorithm'],
      ['a.b', 'chat.statement-malformed'],
      [signStatement(secret, claims({ aud: world.tenants[1].inboxKey })), 'chat.statement-inbox'],
      [signStatement(secret, claims({ exp: clock.now() / 1000 - 600 })), 'chat.statement-expired'],
      [signStatement(secret, claims({ exp: clock.now() / 1000 + 3_600 })), 'chat.statement-too-long'],
      [signStatement(secret, claims({ exp: 'soon' })), 'chat.statement-malformed'],
      [signStatement(secret, claims({ sub: 7 })), 'chat.statement-malformed'],
      [signStatement(secret, claims({ jti: 'x' })), 'chat.statement-malformed'],
      [signStatement(secret, claims({ name: 'a\u202Eb' })), 'chat.statement-malformed'],
    ];
    for (const [statement, code] of refused) {
      const answer = await identify(statement, token);
      expect([code, answer.status, answer.body.code]).toEqual([code, 401, code]);
    }
    expect(await rows('SELECT id FROM chat_identified_visitor WHERE tenant_id = ?')).toEqual([]);
    expect(await rows('SELECT use_index FROM chat_identity_use WHERE tenant_id = ?')).toEqual([]);
  });

  it('P-0101 before the first message a statement stores nothing; after it, it links once and is no use again', async () => {
    const statement = signStatement(secret, claims({ sub: 'user-2', name: '林晓雯', email: 'lin@shop.example' }));
    const early = await identify(statement);
    expect([early.status, early.body.linked]).toEqual([200, false]);
    expect(await rows('SELECT use_index FROM chat_identity_use WHERE tenant_id = ?')).toEqual([]);
    const first = await written();
    const answers = await Promise.all([identify(statement, first.token), identify(statement, first.token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    const [done] = answers.filter(({ status }) => status === 200);
    // The name belongs to the conversation that was agreed to; being reached by mail does not.
    expect(done!.body).toEqual({ linked: true, dropped: ['email'] });
    expect((await identify(statement)).body.code).toBe('chat.statement-replayed');
    expect(await links()).toEqual([]);
    const second = await written();
    const again = await identify(signStatement(secret, claims({ sub: 'user-2' })), second.token);
    expect(again.status).toBe(200);
    expect(await links()).toEqual([{ reason: 'signed-identity', actor: `inbox:${inbox().inboxId}` }]);
    const other = await identify(signStatement(secret, claims({ sub: 'user-3' })), second.token);
    expect([other.status, other.body.code]).toEqual([409, 'chat.identity-other']);
  });

  it('F-0303 of two visitors named the same at the same moment, the second is linked with the first', async () => {
    const before = (await links()).length;
    const [one, other] = [await written(), await written()];
    const name = () => signStatement(secret, claims({ sub: 'user-twice' }));
    const answers = await Promise.all([identify(name(), one.token), identify(name(), other.token)]);
    expect(answers.map(({ body }) => body.linked)).toEqual([true, true]);
    expect(await links()).toHaveLength(before + 1);
    const replays = await Promise.all([one, other].map(({ token }) => identify(name(), token)));
    expect(replays.map(({ status }) => status)).toEqual([200, 200]);
    expect(await links()).toHaveLength(before + 1);
    // A server whose clock is behind, or that was slower, may have written who was named earlier last.
    const tenantId = inbox().id;
    const sql = 'UPDATE chat_identified_visitor SET at = at - 1 WHERE tenant_id = ? AND link_id IS NOT NULL';
    await world.platform.work.upkeep(async (tx) => tx.run(sql, [tenantId]), new Set([tenantId]));
    for (const { token } of [one, other]) expect((await identify(name(), token)).status).toBe(200);
    expect(await links()).toHaveLength(before + 1);
  });

  it('F-0303 a link that was taken apart stays so, whatever the site signs later; somebody new of that name is linked', async () => {
    const { links: book } = world.platform.privacy;
    const name = () => signStatement(secret, claims({ sub: 'user-shared' }));
    const subjectOf = async (): Promise<string> => {
      const sql =
        'SELECT subject_id FROM chat_identified_visitor WHERE tenant_id = ? ORDER BY at DESC, id DESC LIMIT 1';
      return (await rows<{ subject_id: string }>(sql))[0]!.subject_id;
    };
    const named = async (): Promise<{ readonly token: string; readonly subjectId: string }> => {
      clock.advance(1_000);
      const { token } = await written();
      expect((await identify(name(), token)).status).toBe(200);
      return { token: token!, subjectId: await subjectOf() };
    };
    const [first, second] = [await named(), await named()];
    const [link] = await book.of(inbox().id, first.subjectId);
    expect(link).toMatchObject({ subjectId: second.subjectId, otherId: first.subjectId, reason: 'signed-identity' });
    const who = { tenantId: inbox().id, memberId: inbox().members[3]!.id, correlationId: 'test' };
    await book.undo(who, link!.id, 'shared-device');
    for (const { token } of [second, first]) expect((await identify(name(), token)).status).toBe(200);
    expect(await book.of(inbox().id, first.subjectId)).toEqual([]);
    expect(await book.of(inbox().id, second.subjectId)).toEqual([]);
    const third = await named();
    const { consents } = world.platform.privacy;
    expect(await consents.withLinked(inbox().id, third.subjectId)).toEqual([first.subjectId, third.subjectId].sort());
    expect(await consents.withLinked(inbox().id, second.subjectId)).toEqual([second.subjectId]);
  });

  it('F-0303 where identity is required, nobody agrees without a statement', async () => {
    await change('PATCH', '', { identityMode: 'required' });
    await expect(agree(world.origin, inbox().inboxKey, await pass())).rejects.toThrow('chat.identity-required');
    const { body } = await identify(signStatement(secret, claims({ sub: 'user-4' })));
    expect(await agree(world.origin, inbox().inboxKey, body.pass!)).toBeTypeOf('string');
    await change('PATCH', '', { identityMode: 'optional' });
  });

  it('F-0303 a rotated secret signs for a day more, a revoked one no longer', async () => {
    const next = await change<InboxSecretMade>('POST', '/secrets');
    expect((await identify(signStatement(secret, claims()))).status).toBe(200);
    expect((await identify(signStatement(next.secret, claims()))).status).toBe(200);
    await change('DELETE', `/secrets/${next.id}`);
    expect((await identify(signStatement(next.secret, claims()))).body.code).toBe('chat.statement-signature');
    expect((await identify(signStatement(secret, claims()))).status).toBe(200);
    clock.advance(25 * 3_600_000);
    expect((await identify(signStatement(secret, claims()))).body.code).toBe('chat.statement-signature');
  });
});
