import type { Ack, VisitorSent } from '@libs/contracts';
import { ChatClient } from './chat-client.js';
import type { LinkEvents } from './link.js';
import { FakeLink, type FakeLinkFaults, ManualTimers, ModelServer } from './model-server.fixture.js';

/** One tab of a visitor against a model of the server, with time and network moved by hand. */
export interface Rig {
  readonly client: ChatClient;
  readonly link: FakeLink;
  readonly polling: FakeLink;
  readonly timers: ManualTimers;
  readonly server: ModelServer;
  readonly asked: string[];
  readonly ended: string[];
  /** Whose messages were announced as news. */
  readonly news: string[];
  readonly person: { token: string | undefined; slip: string | undefined };
  readonly network: { has: boolean; readonly back: (() => void)[] };
}

let senders = 0;

/** A tab; several of them may share server and clock. */
export function aTab(
  on: Partial<Pick<Rig, 'server' | 'timers'>> & { token?: string; faults?: FakeLinkFaults } = {},
): Rig {
  const server = on.server ?? new ModelServer();
  const timers = on.timers ?? new ManualTimers();
  const person: Rig['person'] = { token: on.token, slip: on.token ? undefined : 'slip-1' };
  const asked: string[] = [];
  const network = { has: true, back: [] as (() => void)[] };
  const ended: string[] = [];
  const news: string[] = [];
  const links: FakeLink[] = [];
  const make = (events: LinkEvents, faults?: FakeLinkFaults): FakeLink => {
    const link = new FakeLink(server, events, timers, () => person.token, faults);
    links.push(link);
    return link;
  };
  const client: ChatClient = new ChatClient({
    timers,
    newSender: () => {
      senders += 1;
      return `sender-${senders}`.padEnd(12, '_');
    },
    network: { has: () => network.has, onBack: (run) => network.back.push(run) },
    makeSocket: (events) => make(events, on.faults),
    makePolling: (events) => make(events),
    httpWorks: () => Promise.resolve(true),
    token: () => person.token,
    slip: () => person.slip,
    keepToken: (token) => {
      person.token = token;
      for (const link of links)
        if (link.connected) server.attached.add((link as unknown as { events: LinkEvents }).events);
    },
    renewPass: () => asked.push('pass'),
    changed: () => undefined,
    arrived: (from) => news.push(from),
    needConsent: (code) => asked.push(code),
    choicesChanged: () => asked.push('choices'),
    over: (code) => ended.push(code),
  });
  return { client, link: links[0]!, polling: links[1]!, timers, server, asked, ended, news, person, network };
}

/** Texts as the tab shows them. */
export const texts = (rig: Rig): string[] => rig.client.snapshot().messages.map((message) => message.text);
/** Their delivery states. */
export const states = (rig: Rig): string[] => rig.client.snapshot().messages.map((message) => message.state);
/** Refuses the first packet whose text fits. */
export const refusedOnce = (code: string, when: (text: string) => boolean) => {
  let done = false;
  return ({ text }: { readonly text: string }): Ack<VisitorSent> | undefined => {
    if (done || !when(text)) return undefined;
    done = true;
    return { ok: false, code };
  };
};
