import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Fingerprints, openFingerprints } from './fingerprint.js';

describeColumns('fingerprints of a tenant’s rows on $column', (column) => {
  let world: TestPlatform;
  let prints: Fingerprints;
  beforeAll(async () => {
    world = await openTestPlatform({ column });
    prints = await openFingerprints(world.platform);
  });
  afterAll(async () => {
    await prints?.close();
    await world?.close();
  });

  const announce = (tenantId: string, ref: string) =>
    world.platform.work.upkeep(
      async (tx) => {
        await tx.run('INSERT INTO event_invalidation (tenant_id, kind, ref, at) VALUES (?, ?, ?, ?)', [
          ...[tenantId, 'name', ref, 1],
        ]);
      },
      new Set([tenantId]),
    );
  const rename = (tenantId: string, ref: string) =>
    world.platform.work.upkeep(
      async (tx) => {
        await tx.run('UPDATE event_invalidation SET ref = ? WHERE tenant_id = ?', [ref, tenantId]);
      },
      new Set([tenantId]),
    );

  it('P-0211 one more row, and one other letter, change those of its tenant and of nobody else', async () => {
    const [alpha, beta] = world.tenants;
    const [empty, other] = [await prints.of(alpha), await prints.of(beta)];
    expect(await prints.of(alpha)).toEqual(empty);
    await announce(alpha, 'one');
    const one = await prints.of(alpha);
    expect(one).not.toEqual(empty);
    await rename(alpha, 'onE');
    const changed = await prints.of(alpha);
    expect(Object.keys(changed)).toEqual(Object.keys(one));
    expect(changed).not.toEqual(one);
    await rename(alpha, 'one');
    expect(await prints.of(alpha)).toEqual(one);
    expect(await prints.of(beta)).toEqual(other);
  });

  it('P-0211 a column that is left out changes nothing', async () => {
    const [alpha] = world.tenants;
    const before = await prints.of(alpha, ['ref']);
    await rename(alpha, 'two');
    expect(await prints.of(alpha, ['ref'])).toEqual(before);
  });

  it('P-0211 consumers are waited for when the journal has grown, and only then', async () => {
    const [alpha, beta] = world.tenants;
    const { committer, consumers } = world.platform;
    await prints.of(alpha);
    const settle = vi.spyOn(consumers, 'settle');
    await prints.ofEach([{ tenantId: alpha }, { tenantId: beta }]);
    expect(settle).not.toHaveBeenCalled();
    await committer.submit({
      ...{
        tenantId: alpha,
        actor: { kind: 'system', id: 'test' },
        purpose: 'security',
        correlationId: 'test',
        steps: [],
      },
      journal: [{ kind: 'test.wrote.v1', subjectId: null, resource: 'test:1', fields: 'id', commitment: null }],
    });
    await prints.of(beta);
    expect(settle).toHaveBeenCalledOnce();
    settle.mockRestore();
  });
});
