import { migrate } from '@libs/database';
import { newId } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { describeColumns, openTestPlatform } from '@libs/testing';
import { expect, it } from 'vitest';
import { CrmContactFields1790000000021 } from './contact-field-tables.js';
import { CrmTables1790000000020 } from './crm-tables.js';

describeColumns('fields of contacts that are there already on $column', (column) => {
  it('start empty, at version 1, and run again without harm', async () => {
    const { platform, tenants, close } = await openTestPlatform({ column, migrations: [CrmTables1790000000020] });
    try {
      const [tenantId, subjectId, id] = [tenants[0], newId(), newId()];
      await platform.work.upkeep(
        async (tx) => {
          await tx.insert(
            'privacy_data_subject',
            ['tenant_id', 'id', 'kind', 'state', 'created_at'],
            [[tenantId, subjectId, 'visitor', 'live', 7]],
          );
          await tx.insert(
            'crm_contact',
            ['tenant_id', 'id', 'subject_id', 'created_at'],
            [[tenantId, id, subjectId, 7]],
          );
        },
        new Set([tenantId]),
      );
      const { database } = platform.config;
      const target = database.kind === 'sqlite' ? { file: database.file } : { url: database.url.reveal() };
      const migrations = [CrmTables1790000000020, CrmContactFields1790000000021];
      expect(await migrate({ target, migrations })).toEqual(['CrmContactFields1790000000021']);
      expect(await migrate({ target, migrations })).toEqual([]);
      const context = { tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' } as const;
      const [row] = await runInTenant(context, async () =>
        platform.database.reader.all<Record<string, unknown>>('SELECT * FROM crm_contact WHERE tenant_id = ?', [
          tenantId,
        ]),
      );
      expect({ ...row, updated_at: Number(row!.updated_at), version: Number(row!.version) }).toMatchObject({
        ...{ id, updated_at: 7, version: 1, name: null, mobile: null, mobile_index: null, address: null },
      });
    } finally {
      await close();
    }
  });
});
