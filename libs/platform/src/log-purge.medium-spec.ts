import { ManualClock } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

const FLOOR_ENDS = Date.UTC(2026, 7, 1);

describeColumns('purge of the network log on $column', (column) => {
  const clock = new ManualClock(Date.UTC(2026, 0, 31, 12));
  let world: TestPlatform;

  const rows = async (tenantId: string, sql: string) =>
    runInTenant({ tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, async () =>
      world.platform.database.reader.all(sql, [tenantId]),
    );
  const months = async (tenantId: string) =>
    (await rows(tenantId, 'SELECT month FROM audit_network_log WHERE tenant_id = ? ORDER BY month')).map(
      ({ month }) => month,
    );
  const logs = async (tenantId: string): Promise<void> => {
    world.platform.networkLog.record({
      ...{ tenantId, memberId: null, subjectId: tenantId, method: 'GET', route: '/', status: 200 },
      ...{ address: '203.0.113.9', userAgent: null, language: null, url: null, search: null },
    });
    await world.platform.networkLog.flush();
  };

  beforeAll(async () => {
    world = await openTestPlatform({ column, clock });
    for (const tenantId of world.tenants) await logs(tenantId);
    clock.set(Date.UTC(2026, 1, 1));
    await logs(world.tenants[0]);
  });
  afterAll(() => world?.close());

  it('P-0803 P-0807 a month goes with its key when its floor ends, and not a day before; the run is recorded', async () => {
    const [a, b] = world.tenants;
    clock.set(FLOOR_ENDS - 24 * 3_600_000);
    await world.platform.upkeep.work();
    expect([await months(a), await months(b)]).toEqual([['2026-01', '2026-02'], ['2026-01']]);
    clock.set(FLOOR_ENDS);
    await world.platform.upkeep.work();
    expect([await months(a), await months(b)]).toEqual([['2026-02'], []]);
    const keyOf = async (tenantId: string, month: string) =>
      (await world.platform.keyStore.readTenantKeys(tenantId, [`log:${month}`]))[0];
    for (const tenantId of [a, b]) {
      expect(await keyOf(tenantId, '2026-01')).toMatchObject({ state: 'destroyed', wrapped: null });
    }
    expect(await keyOf(a, '2026-02')).toMatchObject({ state: 'live' });
    await world.platform.upkeep.work();
    const journal = "SELECT id FROM event_journal WHERE tenant_id = ? AND kind = 'audit.log-month-purged.v1'";
    expect(await rows(a, journal)).toHaveLength(1);
  });
});
