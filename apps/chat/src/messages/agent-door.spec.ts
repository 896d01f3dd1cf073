import type { MemberPrincipal } from '@libs/http';
import type { Socket } from 'socket.io';
import { describe, expect, it } from 'vitest';
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

describe('C6 a socket that was let in while its member changed', () => {
  const ended = [['end', { code: 'account.session-revoked' }], 'disconnected'];

  it('ends, for another role, a step that is owed, an end of the session, and where nobody can tell', async () => {
    expect(await toldTo(() => ({ ...ADMITTED, role: 'agent' }))).toEqual(ended);
    expect(await toldTo(() => ({ ...ADMITTED, pending: ['second-factor'] }))).toEqual(ended);
    expect(await toldTo(() => undefined)).toEqual(ended);
    expect(
      await toldTo(() => {
        throw new Error('away');
      }),
    ).toEqual(ended);
  });

  it('stays where nothing changed', async () => {
    expect(await toldTo(() => ({ ...ADMITTED }))).toEqual([]);
  });
});
