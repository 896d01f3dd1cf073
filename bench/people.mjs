/**
 * People with five filled fields each, made as in life: a visitor writes and agrees field by field, crm makes the
 * contact, an agent who has the conversation fills it in. By the public protocol only.
 */
import { randomBytes } from 'node:crypto';
import { callOk } from './http-client.mjs';
import { inParallel } from './in-parallel.mjs';

const AT_ONCE = 16;
const PAGE = 200;
const WAIT_MS = 60_000;
const SCOPES = [
  'purpose/customer-relations',
  'field/customer-relations/contact.mobile',
  'field/customer-relations/contact.email',
  'field/customer-relations/contact.wechat',
  'sensitive/customer-relations/contact.address',
];

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Fills an empty workspace with `count` contacts. */
export async function makePeople({ url, seed }, count) {
  const own = { origin: new URL(url).origin };
  const settings = (await callOk(`${url}/widget/inboxes/${seed.inboxKey}.json`)).body;
  const visitors = Array.from({ length: count }, (_, index) => index);
  await inParallel(AT_ONCE, visitors, async () => agreeToAll(url, seed, await write(url, seed, own, settings)));
  const headers = await signIn(url, seed);
  await takeAll(url, headers, count);
  const contacts = await contactsOf(url, headers, count);
  await inParallel(AT_ONCE, contacts, ({ id, version }, index) =>
    callOk(`${url}/api/v1/crm/contacts/${id}`, {
      method: 'PATCH',
      headers,
      body: { version, fields: valuesOf(index) },
    }),
  );
}

/** Headers of the one agent of the workspace. */
export async function signIn(url, seed) {
  const own = { origin: new URL(url).origin };
  const options = { method: 'POST', headers: own, body: seed.agents[0] };
  const { cookies } = await callOk(`${url}/api/v1/account/sign-in`, options);
  return { ...own, cookie: cookies.join('; ') };
}

/** One page of the list with the milliseconds it took. */
export async function readPage(url, headers, cursor) {
  const query = new URLSearchParams({ limit: String(PAGE), ...(cursor && { cursor }) });
  const startedAt = performance.now();
  const { body } = await callOk(`${url}/api/v1/crm/contacts?${query}`, { headers });
  return { ms: performance.now() - startedAt, items: body.items, next: body.next };
}

async function write(url, seed, own, settings) {
  const inbox = seed.inboxKey;
  const origin = { origin: seed.origin };
  const { pass } = (
    await callOk(`${url}/api/v1/chat/widget/passes`, { method: 'POST', headers: origin, body: { inbox } })
  ).body;
  const [locale, notice] = Object.entries(settings.notice)[0];
  const agreed = { inbox, pass, noticeHash: notice.hash, version: notice.version, locale };
  const { slip } = (await callOk(`${url}/api/v1/chat/widget/consents`, { method: 'POST', headers: own, body: agreed }))
    .body;
  const sender = randomBytes(12).toString('base64url');
  const message = { inbox, pass, sender, number: 1, text: 'good morning', slip };
  const sent = await callOk(`${url}/api/v1/chat/widget/messages`, { method: 'POST', headers: own, body: message });
  return { ...own, authorization: `Bearer ${sent.body.token}` };
}

async function agreeToAll(url, seed, headers) {
  const place = `${url}/api/v1/chat/widget/choices?inbox=${seed.inboxKey}`;
  const { choices } = (await callOk(`${place}&locale=zh-CN`, { headers })).body;
  for (const scope of SCOPES) {
    const choice = choices.find((one) => one.scope === scope);
    if (!choice) throw new Error(`there is no choice ${scope}`);
    const { version, noticeHash, seen } = choice;
    const body = { scope, granted: true, version, noticeHash, seen, locale: 'zh-CN', screen: 'widget.your-data' };
    await callOk(place, { method: 'POST', headers, body });
  }
}

async function takeAll(url, headers, count) {
  const ids = await all(count, async (cursor) => {
    const query = new URLSearchParams({ view: 'unassigned', limit: '100', ...(cursor && { cursor }) });
    return (await callOk(`${url}/api/v1/chat/conversations?${query}`, { headers })).body;
  });
  await inParallel(AT_ONCE, ids, ({ id }) =>
    callOk(`${url}/api/v1/chat/conversations/${id}/take`, { method: 'POST', headers, body: {} }),
  );
}

const contactsOf = (url, headers, count) => all(count, (cursor) => readPage(url, headers, cursor));

/** Every item of a list that may lag behind: read again until all are there. */
async function all(count, page) {
  const until = performance.now() + WAIT_MS;
  for (;;) {
    const items = [];
    let cursor = '';
    do {
      const { items: more, next } = await page(cursor);
      items.push(...more);
      cursor = next;
    } while (cursor);
    if (items.length >= count) return items;
    if (performance.now() > until) throw new Error(`the list shows ${items.length} of ${count}`);
    await wait(200);
  }
}

function valuesOf(index) {
  const number = String(index).padStart(8, '0');
  return {
    name: `林晓雯${index}`,
    mobile: `138${number}`,
    email: `linxiaowen${index}@example.com`,
    wechat: `wechat_${index}`,
    address: `上海市浦东新区世纪大道${index + 1}号3幢1201室`,
  };
}
