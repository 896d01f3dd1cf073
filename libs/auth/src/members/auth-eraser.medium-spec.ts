import type { SqlRow } from '@libs/database';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AuthWorld, openAuthWorld } from '../testing/auth-world.js';

const PASSWORD = 'plum-Kettle-91-harbour';
const TABLES = ['auth_login', 'auth_member', 'auth_session'] as const;

interface Person {
  readonly email: string;
  readonly loginId: string;
  readonly memberId: string;
  readonly subjectId: string;
}

describeColumns('erasing a person of the staff on $column', (column) => {
  let world: AuthWorld;
  let count = 0;
  let ada: Person;
  let bob: Person;

  const hire = async (name: string): Promise<Person> => {
    const email = `${name}${count++}@shop-a.example`;
    const { loginId } = await world.auth.accounts.createLogin({ email, password: PASSWORD });
    const member = { tenantId: world.tenants.a, loginId, role: 'agent', displayName: name } as const;
    return { email, loginId, ...(await world.auth.accounts.createMember(member)) };
  };
  const signIn = ({ email }: Person, tenantId?: string) =>
    world.auth.signIn.signIn({
      ...{ identifier: email, password: PASSWORD, address: `192.0.2.${count % 250}`, correlationId: 'test' },
      ...(tenantId === undefined ? {} : { tenantId }),
    });
  const cookieOf = async (person: Person, tenantId?: string): Promise<string> => {
    const result = await signIn(person, tenantId);
    if (result.kind !== 'signed-in') throw new Error('expected a session');
    return result.cookie;
  };
  const rowsOf = async (table: string, tenantId: string): Promise<SqlRow[]> =>
    world.rows(tenantId, `SELECT * FROM ${table} WHERE tenant_id = ?`, [tenantId]);
  /** All that the three tables hold, as text. */
  const everything = async (): Promise<string> => {
    const { platform, a, b } = world.tenants;
    const rows = await Promise.all([platform, a, b].flatMap((tenant) => TABLES.map((table) => rowsOf(table, tenant))));
    return rows.flat().map(plain).join('\n');
  };
  const subjectOfLogin = async (loginId: string): Promise<string> => {
    const rows = await rowsOf('auth_login', world.tenants.platform);
    return String(rows.find(({ id }) => id === loginId)?.subject_id);
  };
  const destroy = (tenantId: string, subjectId: string) =>
    world.platform.upkeep.destruction.destroySubject(tenantId, subjectId);

  beforeAll(async () => {
    world = await openAuthWorld(column);
    world.platform.upkeep.erasers.add(world.auth.eraser);
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    ada = await hire('ada');
    bob = await hire('bob');
  });

  it('P-1307 a member goes with name and sessions; the login and the colleagues stay', async () => {
    const { a, b } = world.tenants;
    const { sessions, names, accounts } = world.auth;
    await accounts.createMember({ tenantId: b, loginId: ada.loginId, role: 'admin', displayName: 'Ada B' });
    const [inA, inB, bobs] = [await cookieOf(ada, a), await cookieOf(ada, b), await cookieOf(bob)];
    const second = world.another();
    expect(await second.auth.sessions.find(inA)).not.toBeNull();

    await destroy(a, ada.subjectId);
    await world.auth.eraser.erase(a, ada.subjectId);

    const left = await everything();
    for (const gone of [ada.subjectId, ada.memberId]) expect(left).not.toContain(gone);
    expect(await sessions.find(inA)).toBeNull();
    await second.feed.poll();
    expect(await second.auth.sessions.find(inA)).toBeNull();
    await expect(signIn(ada, a)).rejects.toMatchObject({ code: 'account.no-workspace', status: 403 });
    expect(await names.nameOf(a, [ada.memberId, bob.memberId])).toEqual(new Map([[bob.memberId, 'bob']]));
    expect((await sessions.find(bobs))?.memberId).toBe(bob.memberId);
    expect((await sessions.find(inB))?.tenantId).toBe(b);
    expect((await signIn(ada)).kind).toBe('signed-in');
  });

  it('P-1307 a login goes with e-mail and password, and ends its sessions in every tenant', async () => {
    const { a, b, platform } = world.tenants;
    const { sessions, accounts } = world.auth;
    await accounts.createMember({ tenantId: b, loginId: ada.loginId, role: 'admin', displayName: 'Ada B' });
    const cookies = [await cookieOf(ada, a), await cookieOf(ada, b)];
    const bobs = await cookieOf(bob);
    const subjectId = await subjectOfLogin(ada.loginId);
    const mine = (await rowsOf('auth_login', platform)).find(({ id }) => id === ada.loginId)!;

    await destroy(platform, subjectId);
    await world.auth.eraser.erase(platform, subjectId);

    const left = await everything();
    for (const column of ['subject_id', 'email_index', 'secret_hash', 'email_sealed'] as const) {
      expect(left).not.toContain(text(mine[column]));
    }
    for (const cookie of cookies) expect(await sessions.find(cookie)).toBeNull();
    await expect(signIn(ada)).rejects.toMatchObject({ code: 'account.credentials-invalid', status: 401 });
    expect((await sessions.find(bobs))?.memberId).toBe(bob.memberId);
    expect((await signIn(bob)).kind).toBe('signed-in');
    // The same person may come back with the same address.
    await accounts.createLogin({ email: ada.email, password: PASSWORD });
  });

  it('P-1307 behind the fence nobody is let in, though a crash left the rows', async () => {
    const { a, platform } = world.tenants;
    const [adas, bobs] = [await cookieOf(ada), await cookieOf(bob)];
    const fenced = [
      [a, ada.subjectId],
      [platform, await subjectOfLogin(bob.loginId)],
    ] as const;
    for (const [tenantId, subjectId] of fenced) {
      await world.platform.work.upkeep(
        async (tx) =>
          tx.run("UPDATE privacy_data_subject SET state = 'erased' WHERE tenant_id = ? AND id = ?", [
            tenantId,
            subjectId,
          ]),
        new Set([tenantId]),
      );
    }
    await expect(signIn(ada)).rejects.toMatchObject({ code: 'account.no-workspace' });
    await expect(signIn(bob)).rejects.toMatchObject({ code: 'account.credentials-invalid' });
    world.clock.advance(5000);
    expect(await world.auth.sessions.find(adas)).toBeNull();
    await world.auth.eraser.erase(...fenced[1]);
    expect(await world.auth.sessions.find(bobs)).toBeNull();
  });

  it('P-1307 many sessions go in pages', async () => {
    const { a } = world.tenants;
    const values = Array.from({ length: 1201 }, (_, n) => [
      ...[a, `session-${n}`, ada.memberId, ada.subjectId, `index-${count}-${n}`],
      ...[1, 1, 2],
    ]);
    const columnsOf = ['tenant_id', 'id', 'member_id', 'subject_id', 'token_index'];
    await world.platform.work.upkeep(
      async (tx) => tx.insert('auth_session', [...columnsOf, 'created_at', 'last_seen_at', 'expires_at'], values),
      new Set([a]),
    );
    await destroy(a, ada.subjectId);
    expect(await everything()).not.toContain(ada.subjectId);
  });
});

function plain(row: SqlRow): string {
  return Object.values(row).map(text).join('|');
}

function text(value: unknown): string {
  // libsql answers blobs as ArrayBuffer.
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('latin1');
  return Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
}
