import { request } from 'node:http';
import type { MemberPage, MemberSummary, MemberWork } from '@libs/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NumberedVisitor } from '../durability/numbered-visitor.js';
import type { Stage } from '../journey/stage.js';
import { faultyLabels, type Measured, measuredIn, sumOf, WATCHED } from '../operation/measured.js';
import { until } from '../world/clients.js';
import type { FiveServices } from './five-services.js';

type Answered = Partial<MemberPage & MemberSummary & MemberWork>;

/** What only the shape of five services can show; needs its stage. */
export function composedJourney(stage: () => Stage): void {
  describe('five services and their proxy', () => {
    let five: FiveServices;
    let place: { readonly url: string; readonly inboxKey: string; readonly pageOrigin: string };
    const visitors: NumberedVisitor[] = [];
    beforeAll(async () => {
      const { product } = stage();
      five = product.five!;
      const shop = await (await fetch(product.shop)).text();
      place = { url: five.url, inboxKey: /data-inbox="([^"]+)"/.exec(shop)![1]!, pageOrigin: product.shop };
    });
    afterAll(() => {
      for (const visitor of visitors) visitor.close();
    });

    const visitor = (name: string, token?: string): NumberedVisitor => {
      const made = new NumberedVisitor(place, name, token);
      visitors.push(made);
      return made;
    };
    const measure = async (name: string): Promise<Measured[]> =>
      measuredIn(await (await fetch(`${five.services.get(name)!.url}/metrics`)).text());
    const socketsOf = async (name: string): Promise<number> =>
      sumOf(await measure(name), 'custodia_sockets', { namespace: '/widget' });

    it('F-0301 sockets of one person lie in two processes, without a sticky session, and hear the same', async () => {
      const first = visitor('first');
      await first.send(1);
      const tabs = [first];
      // The proxy gives each line to whichever is next: others until both have one.
      await until(async () => {
        for (const tab of tabs.splice(1)) tab.close();
        tabs.push(...Array.from({ length: 5 }, (_, n) => visitor(`tab${n}`, first.visitorToken)));
        await Promise.all(tabs.map((tab) => tab.connect()));
        const counts = await Promise.all([socketsOf('chat-1'), socketsOf('chat-2')]);
        return Math.min(...counts) > 0;
      });
      await first.send(10);
      for (const tab of tabs.slice(1)) {
        await until(() => tab.stream.upTo === 11);
        expect(tab.stream.entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
      }
      const relayed = (await Promise.all([measure('chat-1'), measure('chat-2')])).flat();
      expect(sumOf(relayed, 'custodia_stream_relayed_total', { way: 'wake-up' })).toBeGreaterThan(0);
    });

    it('F-0208 who leaves: what they have in hand is known, and they are disabled', async () => {
      const call = async (path: string, cookie?: string, body?: object) => {
        const headers = { origin: five.url, 'content-type': 'application/json', ...(cookie ? { cookie } : {}) };
        const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
        const answer = await fetch(`${five.url}/api/v1/${path}`, { headers, ...init });
        const { status } = answer;
        return {
          status,
          body: (await answer.json()) as Answered,
          cookie: answer.headers.get('set-cookie')?.split(';')[0],
        };
      };
      const { cookie } = await call('account/sign-in', undefined, {
        identifier: 'owner@demo.example',
        password: stage().product.passwords.owner,
      });
      const members = (await call('account/members', cookie)).body.items!;
      const agent = members.findLast(({ role, state }) => role === 'agent' && state === 'active')!;
      const work = await call(`chat/members/${agent.id}/work`, cookie);
      expect([work.status, typeof work.body.openConversations]).toEqual([200, 'number']);
      const gone = await call(`account/members/${agent.id}/disable`, cookie, { version: agent.version });
      expect([gone.status, gone.body.state]).toEqual([200, 'disabled']);
      const back = await call(`account/members/${agent.id}/enable`, cookie, { version: gone.body.version });
      expect([back.status, back.body.state]).toEqual([200, 'active']);
    });

    it('F-0301 one process of chat dies: everybody goes on with the other, nothing is lost or doubled', async () => {
      const [first, second] = [visitor('here'), visitor('there')];
      await Promise.all([first.send(3), second.send(3)]);
      await five.services.get('chat-1')!.kill9();
      await Promise.all([first.send(5), second.send(5)]);
      for (const one of [first, second]) {
        expect(one.acknowledged.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
        const again = visitor('again', one.visitorToken);
        await again.connect();
        expect(again.stream.entries.map(({ text }) => text)).toEqual(one.acknowledged.map(({ text }) => text));
      }
      await five.services.get('chat-1')!.start();
    });

    it('P-1002 each process can be watched from inside, by numbers whose labels tell of nobody, and not from outside', async () => {
      for (const name of five.services.keys()) {
        const found = await measure(name);
        expect(faultyLabels(found)).toEqual([]);
        expect(found.map((one) => one.name)).toEqual(expect.arrayContaining(WATCHED.slice(0, 2)));
        // A process that has not read its feed for 5 s says so by refusing; here it is enough that it tells the age at all.
        const ages = found.filter((one) => one.name === 'custodia_feed_age_seconds');
        expect(ages).toHaveLength(1);
        expect(ages[0]!.value).toBeLessThan(60);
      }
      for (const path of ['/metrics', '/readyz', '/healthz']) expect((await fetch(five.url + path)).status).toBe(404);
    });

    it('P-1016 an address is what the listed proxy saw, whatever the client says', async () => {
      const attempt = (localAddress: string, n: number): Promise<number> => {
        const claimed = { 'x-forwarded-for': `203.0.113.${n % 250}` };
        return statusOf(`${five.url}/widget/inboxes/unknown-inbox-key-${n}.json`, localAddress, claimed);
      };
      // Ever new keys: one that is known to be nobody's is refused without a look.
      let key = 0;
      const tries = async (localAddress: string, count: number): Promise<Set<number>> =>
        new Set(await Promise.all(Array.from({ length: count }, () => attempt(localAddress, key++))));
      // Not from the address that is listed. Two processes, each with 100 tries for one address and a few a second
      // more: at once, however slow the machine.
      const statuses = new Set<number>();
      for (let round = 0; round < 20 && !statuses.has(429); round += 1) {
        for (const status of await tries('127.0.0.3', 100)) statuses.add(status);
      }
      expect(statuses).toEqual(new Set([404, 429]));
      expect(await tries('127.0.0.2', 5)).toEqual(new Set([404]));
    });
  });
}

function statusOf(url: string, localAddress: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { localAddress, headers, agent: false }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode!));
    });
    sent.once('error', reject);
    sent.end();
  });
}
