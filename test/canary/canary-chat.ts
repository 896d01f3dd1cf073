import type { InboxDetail, InboxSecretMade, PassGranted, ScheduledReply } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { SHOP, type WorldTenant } from '../world/chat-world.js';
import type { Visitor } from '../world/clients.js';
import { signStatement } from '../world/signed-statement.js';
import { CANARIES } from './canaries.js';
import type { CallMore, CanaryWorld } from './canary-world.js';

const value = (place: string): string => CANARIES[place]!.value;

/** What an agent has written and not sent. */
export async function draft(call: CanaryWorld['call'], conversation: string): Promise<void> {
  const body = { message: value('chat_draft.message'), note: value('chat_draft.note'), base: 0 };
  const path = `/api/v1/chat/conversations/${conversation}/draft`;
  const { status, json } = await call('agent', 'PUT', path, {
    body,
    sink: 'PUT /api/v1/chat/conversations/:id/draft',
  });
  if (status !== 200) throw new Error(`the draft was refused: ${JSON.stringify(json)}`);
}

/** A reply that goes out long after; answers its id. */
export async function scheduleReply(call: CanaryWorld['call'], conversation: string): Promise<string> {
  const body = { text: value('chat_scheduled_reply.body'), inMs: 30 * 24 * 3_600_000 };
  const { status, json } = await call('agent', 'POST', `/api/v1/chat/conversations/${conversation}/scheduled-replies`, {
    body,
    sink: 'POST /api/v1/chat/conversations/:id/scheduled-replies',
  });
  if (status !== 201) throw new Error(`the scheduled reply was refused: ${JSON.stringify(json)}`);
  return (json as ScheduledReply).id;
}

/** A text that the agent has written for itself. */
export async function ownWords(call: CanaryWorld['call']): Promise<void> {
  const [shortcut, title, text] = ['shortcut', 'title', 'text'].map((name) => value(`chat_own_response.${name}`));
  const body = { owner: 'me', shortcut, title, text, locale: null, position: 1 };
  const { status, json } = await call('agent', 'POST', '/api/v1/chat/canned-responses', { body });
  if (status !== 201) throw new Error(`the canned response was refused: ${JSON.stringify(json)}`);
}

/** What the embedding site says of the visitor, signed; answers the id of the secret. */
export async function identify(
  call: CanaryWorld['call'],
  { inboxId, inboxKey }: WorldTenant,
  visitor: Visitor,
): Promise<string> {
  const inbox = `/api/v1/chat/inboxes/${inboxId}`;
  const must = async <T>(who: 'owner' | 'visitor', method: string, path: string, more: CallMore = {}): Promise<T> => {
    const { status, json } = await call(who, method, path, more);
    if (status >= 300) throw new Error(`${method} ${path} was refused: ${JSON.stringify(json)}`);
    return json as T;
  };
  const { version } = await must<InboxDetail>('owner', 'GET', inbox);
  const now = await must<InboxDetail>('owner', 'PATCH', inbox, { body: { version, identityMode: 'optional' } });
  const made = await must<InboxSecretMade>('owner', 'POST', `${inbox}/secrets`, { body: { version: now.version } });
  const { pass } = await must<PassGranted>('visitor', 'POST', '/api/v1/chat/widget/passes', {
    ...{ body: { inbox: inboxKey }, headers: { origin: SHOP } },
  });
  const statement = signStatement(made.secret, {
    ...{ sub: value('chat_identified_visitor.site_name'), aud: inboxKey, jti: newId(), exp: Date.now() / 1000 + 300 },
    ...{ name: value('chat_identified_visitor.name'), mobile: value('chat_identified_visitor.mobile') },
    email: value('chat_identified_visitor.email'),
  });
  await must('visitor', 'POST', '/api/v1/chat/widget/identities', {
    body: { inbox: inboxKey, pass, statement },
    headers: { authorization: `Bearer ${visitor.token}` },
  });
  return made.id;
}
