import { listRefs, listRoutes, type RefEntry, type RouteEntry } from '@libs/http';
import type { ChatWorld, WorldMember } from '../world/chat-world.js';
import type { RouteCase } from './route-cases.js';

/** What a client gets, as far as two answers may differ. */
export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  /** Body without the id of the request, and all headers that could carry data. */
  readonly text: string;
}

/** A request with its ids filled in; a value that is no text travels in a path as JSON. */
export interface RouteCall {
  readonly route: RouteEntry;
  readonly refs: readonly RefEntry[];
  readonly how: RouteCase;
  /** By `where name` of the reference. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly who: WorldMember;
  /** Headers that replace the usual ones; undefined removes one. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** A route with the ids it takes. */
export interface RouteRefs {
  readonly route: RouteEntry;
  readonly refs: readonly RefEntry[];
}

const known = new WeakMap<ChatWorld['app'], readonly RouteRefs[]>();

/** Every route of the world; listing them is dear, and they do not change. */
export function routesOf({ app }: ChatWorld): readonly RouteRefs[] {
  const before = known.get(app);
  if (before) return before;
  const all = listRefs(app);
  const found = listRoutes(app).map((route) => ({
    route,
    refs: all.filter((ref) => nameOf(ref) === nameOf(route)),
  }));
  known.set(app, found);
  return found;
}

/** Name of a route as the tables of cases have it. */
export function nameOf({ method, route }: Pick<RouteEntry, 'method' | 'route'>): string {
  return `${method} ${route}`;
}

/** Name of a position in which a client sends an id. */
export function positionOf({ where, name }: RefEntry): string {
  return `${where} ${name}`;
}

/** Calls a route over the network, as a client does. */
export async function callRoute(world: ChatWorld, call: RouteCall): Promise<Answer> {
  const { route, how, who } = call;
  const sentBody = contentOf(call);
  const headers = {
    origin: world.origin,
    ...(how.member === undefined ? {} : { cookie: who.cookie }),
    ...(sentBody === undefined ? {} : { 'content-type': sentBody.type }),
    ...call.headers,
  };
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  const init = { method: route.method, headers: sent, ...(sentBody === undefined ? {} : { body: sentBody.content }) };
  const response = await fetch(world.origin + pathOf(call), init);
  return answerOf(response);
}

/** Reads an answer; takes out what differs between any two requests. */
export async function answerOf(response: Response): Promise<Answer> {
  const raw = await response.text();
  const code = /"code":"([^"]+)"/.exec(raw)?.[1];
  const cookie = response.headers.get('set-cookie') ?? '';
  const text = `${raw.replace(/"requestId":"[^"]+"/, '')} ${cookie} ${response.headers.get('location') ?? ''}`;
  return { status: response.status, code, text };
}

/** What the body holds, and as what; nothing for a call that has none. */
function contentOf(
  call: RouteCall,
): { readonly type: string; readonly content: string | Uint8Array<ArrayBuffer> } | undefined {
  const { route, how } = call;
  if (how.bytes) return { type: how.bytes.type, content: new Uint8Array(how.bytes.of()) };
  if (route.method === 'GET' || (route.method === 'DELETE' && how.body === undefined)) return undefined;
  return { type: 'application/json', content: JSON.stringify(bodyOf(call)) };
}

function bodyOf({ refs, how, who, values }: RouteCall): Record<string, unknown> {
  const body: Record<string, unknown> = { ...how.body?.(who) };
  for (const ref of refs) {
    const value = values[positionOf(ref)];
    if (ref.where !== 'body' || value === undefined) continue;
    // A list of ids is sent with one in it.
    if (ref.name.endsWith('[]')) body[ref.name.slice(0, -2)] = [value];
    else body[ref.name] = value;
  }
  return body;
}

function pathOf({ route, refs, how, values }: RouteCall): string {
  const names: Record<string, unknown> = { ...how.params };
  const query = new URLSearchParams(how.query);
  for (const ref of refs) {
    const value = values[positionOf(ref)];
    if (ref.where === 'param') names[ref.name] = value;
    if (ref.where === 'query' && value !== undefined) query.set(ref.name, asText(value));
  }
  const path = route.route.replace(/:([A-Za-z0-9_]+)/g, (_, name: string) => encodeURIComponent(asText(names[name])));
  return query.size === 0 ? path : `${path}?${query}`;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The same id in forms that no client sends: the wrong type, several at once, another spelling. */
export function wrongForms(id: string): readonly unknown[] {
  return [
    7,
    [id],
    [id, id],
    { id },
    { $ne: null },
    null,
    true,
    '',
    id.toUpperCase(),
    `${id}\u0000`,
    ` ${id}`,
    `${id},${id}`,
    '%',
    '*',
  ];
}
