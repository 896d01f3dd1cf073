import type { MemberPrincipal } from '@libs/http';
import type { Socket } from 'socket.io';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AgentDoor } from './agent-door.js';

const ADMITTED = {
  ...{ kind: 'member', tenantId: 'tenant', memberId: 'member', sessionId: 'session', role: 'supervisor' },
  permissions: new Set(['conversations:read']),
} as unknown as MemberPrincipal;

/** What is told to a socket whose member is `now` by the time that it can be found. */
async function toldTo(now: () => unknown): Promise<readonly unknown[]> {
  const told: unknown[] = [];
  const socket = {
    request: {},
    emit: (name: string, packet: unknown) => told.push([name, packet]),
    disconnect: () => told.push('disconnected'),
  } as unknown as Socket;
  const authenticator = { authenticate: async () => now() };
  const others = [undefined, undefined, undefined, undefined, undefined] as unknown as [
    never,
    never,
    never,
    never,
    never,
  ];
  await new AgentDoor(authenticator as never, ...others).confirm(socket, ADMITTED);
  return told;
}

afterEach(() => void vi.useRealTimers());

describe('C6 F-0205 a socket whose member may have changed', () => {
  const ended = (code: string) => [['end', { code }], 'disconnected'];

  it('ends, told why, for another role, a step that is owed and an end of the session', async () => {
    expect(await toldTo(() => ({ ...ADMITTED, role: 'agent' }))).toEqual(ended('account.rights-changed'));
    expect(await toldTo(() => ({ ...ADMITTED, pending: ['second-factor'] }))).toEqual(ended('account.rights-changed'));
    expect(await toldTo(() => null)).toEqual(ended('account.session-revoked'));
  });

  it('ends without a reason where nobody can tell, so that it comes back and is asked again', async () => {
    const failing = () => {
      throw new Error('away');
    };
    expect(await toldTo(failing)).toEqual(['disconnected']);
    vi.useFakeTimers();
    const told = toldTo(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await told).toEqual(['disconnected']);
  });

  it('stays where nothing changed', async () => {
    expect(await toldTo(() => ({ ...ADMITTED }))).toEqual([]);
  });
});
