import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AgentLine, type AgentSocket, type LineState } from './agent-line.js';

type Hear = (...told: unknown[]) => void;

/** What the library would be, as far as the line listens to it. */
function fakeSocket() {
  const heard = new Map<string, Hear>();
  const on = (name: string, hear: Hear) => heard.set(name, hear);
  const connect = vi.fn();
  const socket = { on, io: { on }, connected: true, connect, disconnect: () => undefined };
  const hear = (name: string, ...told: unknown[]) => heard.get(name)!(...told);
  return { socket: socket as unknown as AgentSocket, connect, hear };
}

describe('the line of the console', () => {
  let said: LineState[];
  let line: AgentLine;
  let world: ReturnType<typeof fakeSocket>;
  const hear: ReturnType<typeof fakeSocket>['hear'] = (...packet) => world.hear(...packet);
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('window', { addEventListener: () => undefined, removeEventListener: () => undefined });
    world = fakeSocket();
    line = new AgentLine(world.socket);
    said = [];
    line.open();
    hear('connect');
    line.state.subscribe(() => said.push(line.state.get()));
    world.connect.mockClear();
  });
  afterEach(() => {
    line.close();
    vi.useRealTimers();
  });

  it('F-0205 who has another role now is connected anew at once, and reads nothing of a lost network', () => {
    hear('end', { code: 'account.rights-changed' });
    hear('disconnect', 'io server disconnect');
    vi.advanceTimersByTime(100);
    expect(world.connect).toHaveBeenCalledOnce();
    hear('connect');
    expect(said).toEqual(['connecting', 'online']);
  });

  it('a connection that the server closes for another reason is said to be down, also after such a one', () => {
    hear('end', { code: 'account.rights-changed' });
    hear('disconnect', 'io server disconnect');
    hear('connect');
    said.length = 0;
    hear('disconnect', 'io server disconnect');
    expect(said).toEqual(['down']);
    hear('connect');
    expect(said).toEqual(['down', 'restored']);
  });
});
