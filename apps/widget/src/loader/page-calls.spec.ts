import { describe, expect, it } from 'vitest';
import type { Launcher } from './launcher.js';
import { PageCalls } from './page-calls.js';

describe('PageCalls', () => {
  it('F-0303 calls wait for the widget and run in their order; an unknown one does nothing', async () => {
    const done: string[] = [];
    const launcher = {
      show: (open: boolean) => done.push(open ? 'open' : 'close'),
      speak: (locale: string) => done.push(locale),
      identify: (statement: string) => done.push(statement),
    } as unknown as Launcher;
    const calls = new PageCalls([['locale', 'en'], ['open']]);
    calls.take(['nothing', 1]);
    calls.take(['identify', 'a.b.c']);
    calls.take(['on', 'ready', () => done.push('ready')]);
    calls.take(['on', 'ready', () => done.push('ready too')]);
    expect(done).toEqual([]);
    calls.begin(launcher);
    calls.take(['close']);
    await Promise.resolve();
    expect(done).toEqual(['en', 'open', 'a.b.c', 'close', 'ready', 'ready too']);
  });
});
