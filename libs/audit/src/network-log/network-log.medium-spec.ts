import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openLogField } from '../index.js';
import { A, B, entry, LogWorld } from '../testing/log-world.js';

describeColumns('network log on $column', (column) => {
  let world: LogWorld;

  beforeAll(async () => {
    world = await LogWorld.open(column);
  });

  afterAll(() => world?.close());

  beforeEach(() => world.reset());

  it('F-1406 each request makes one row with the listed fields only, personal ones sealed', async () => {
    world.log.record(entry(A, { subjectId: world.subject }));
    await world.log.flush();
    const [row, ...others] = await world.rows();
    expect(others).toEqual([]);
    expect(Object.keys(row ?? {}).sort()).toEqual(
      ['tenant_id', 'month', 'id', 'at', 'member_id', 'subject_id', 'kind', 'method', 'route', 'status', 'stay_ms']
        .concat(['address', 'user_agent', 'language', 'url', 'search'])
        .sort(),
    );
    expect(row).toMatchObject({
      month: '2026-01',
      subject_id: world.subject,
      kind: 'http',
      method: 'GET',
      stay_ms: null,
    });
    const bytes = JSON.stringify(
      Object.values(row ?? {}).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : value)),
    );
    for (const marker of ['203.0.113.7', 'Marker', 'zh-CN', '退款']) expect(bytes).not.toContain(marker);
    expect(await world.textOf(row, 'address')).toBe('203.0.113.7');
    expect(await world.textOf(row, 'user_agent')).toBe('Marker-Browser/1.0');
    expect(await world.textOf(row, 'search')).toBe('退款');
    const key = await world.keys.monthKey(A, '2026-01');
    expect(() => openLogField(key, { tenantId: B, id: String(row?.id) }, 'address', row?.address as Buffer)).toThrow();
  });

  it('F-1407 of the device only browser name and language are kept, cut to their length', async () => {
    world.log.record(
      entry(A, { subjectId: world.subject, userAgent: '界'.repeat(1000), url: null, search: null, language: null }),
    );
    await world.log.flush();
    const [row] = await world.rows();
    expect(await world.textOf(row, 'user_agent')).toBe('界'.repeat(170));
    expect(row).toMatchObject({ url: null, search: null, language: null });
  });

  it('F-1406 an entry of which no row can be made is told, and holds up no other', async () => {
    world.log.record({ ...entry(A), subjectId: world.subject, address: 7 as never });
    world.log.record(entry(A, { subjectId: world.subject }));
    await world.log.flush();
    expect(world.errors).toHaveLength(1);
    expect(await world.rows()).toHaveLength(1);
    await world.log.flush();
    expect(world.errors).toHaveLength(1);
  });

  it('F-1406 a connection is one row with its stay time, written before or after it ended', async () => {
    const short = world.log.openSocket(entry(A, { subjectId: world.subject, method: 'CONNECT', route: '/widget' }));
    const long = world.log.openSocket(entry(A, { subjectId: world.subject, method: 'CONNECT', route: '/widget' }));
    world.clock.advance(1500);
    world.log.closeSocket(short);
    await world.log.flush();
    world.clock.advance(500);
    world.log.closeSocket(long);
    world.log.closeSocket(long);
    await world.log.close();
    const found = await world.rows();
    expect(found.map(({ kind, stay_ms }) => [kind, Number(stay_ms)]).sort()).toEqual([
      ['socket', 1500],
      ['socket', 2000],
    ]);
  });

  it('F-1406 rows are written by themselves soon after, in batches, and the rest at shutdown', async () => {
    for (let n = 0; n < 1200; n++) world.log.record(entry(n % 2 ? A : B, { memberId: newId() }));
    await expect.poll(async () => (await world.rows(A)).length + (await world.rows(B)).length).toBe(1200);
    world.log.record(entry(A, { memberId: newId() }));
    await world.log.onApplicationShutdown();
    expect(await world.rows(A)).toHaveLength(601);
  });

  it('F-1406 a tenant whose key is away keeps its rows waiting and does not hold up another one', async () => {
    world.keys.failing = A;
    world.log.record(entry(A, { subjectId: world.subject }));
    world.log.record(entry(B, { memberId: newId() }));
    await world.log.flush();
    expect([(await world.rows(A)).length, (await world.rows(B)).length, world.errors.length]).toEqual([0, 1, 1]);
    world.keys.failing = undefined;
    await world.log.close();
    expect(await world.rows(A)).toHaveLength(1);
  });

  it('F-1406 a full queue makes requests wait and drops nothing', async () => {
    world.keys.failing = A;
    for (let n = 0; n < 10_000; n++) world.log.record(entry(A, { memberId: 'x' }));
    let through = false;
    const waits = world.log.room().then(() => {
      through = true;
    });
    await world.log.flush();
    expect(through).toBe(false);
    world.keys.failing = undefined;
    await world.log.flush();
    await waits;
    expect(
      await world.database.reader.all('SELECT COUNT(*) AS n FROM audit_network_log WHERE tenant_id = ?', [A]),
    ).toEqual([{ n: 10_000 }]);
  });
});
