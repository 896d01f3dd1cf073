import type { Wake } from './wake-up.js';

/** What a message on the channel carries; nothing where it is none of ours. */
export interface WakeMessage {
  readonly by: string;
  readonly wakes: readonly Wake[];
}

const NOTHING: WakeMessage = { by: '', wakes: [] };
const KINDS: ReadonlySet<unknown> = new Set<Wake['kind']>(['journal', 'feed', 'stream', 'cursor', 'typing']);

/** Adds `wake` to those of the same turn; ranges of one conversation that meet become one. */
export function mergeWake(wakes: Wake[], wake: Wake): void {
  if (wake.kind === 'journal' || wake.kind === 'feed') {
    if (wakes.some(({ kind }) => kind === wake.kind)) return;
  } else if (wake.kind === 'stream') {
    const at = wakes.length - 1;
    const last = wakes[at];
    if (last?.kind === 'stream' && last.conversationId === wake.conversationId && last.to + 1 === wake.from) {
      wakes[at] = { ...last, to: wake.to };
      return;
    }
  }
  wakes.push(wake);
}

/** Reads a message. Whoever can write to Redis can wake us, nothing else: what is no wake is dropped. */
export function wakesIn(text: string): WakeMessage {
  try {
    const { by, wakes } = JSON.parse(text) as { readonly by?: unknown; readonly wakes?: unknown };
    if (typeof by !== 'string' || !Array.isArray(wakes)) return NOTHING;
    return { by, wakes: wakes.filter(isWake) };
  } catch {
    return NOTHING;
  }
}

function isWake(value: unknown): value is Wake {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, tenantId, conversationId, memberId, from, to, delivered, read, typing } = value as Record<
    string,
    unknown
  >;
  if (!KINDS.has(kind)) return false;
  if (kind === 'journal' || kind === 'feed') return true;
  if (typeof tenantId !== 'string' || typeof conversationId !== 'string') return false;
  if (kind === 'stream') return isNumber(from) && isNumber(to);
  if (memberId !== null && typeof memberId !== 'string') return false;
  return kind === 'cursor' ? isNumber(delivered) && isNumber(read) : typeof typing === 'boolean';
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
