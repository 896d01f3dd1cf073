import { bytes, code, createTable, id, int, longtext } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SEALED_NOTE } from './tenant-text.js';

const TABLES = [
  'privacy_reveal_take',
  'privacy_reveal_guard',
  'privacy_approval_subject',
  'privacy_approval',
  'privacy_read_subject',
  'privacy_read_entry',
];

/** Who has seen what, what was revealed lately, and what two people decide. */
export class DeskTables1790000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.reads(runner);
    await this.approvals(runner);
    await this.reveals(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.dropTable(table);
  }

  private async reads(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'privacy_read_entry',
      columns: [
        ...[id('tenant_id'), id('id'), int('at'), id('member_id'), code('role', 32), code('purpose', 40)],
        ...[code('kind', 16), code('fields', 200), code('place', 80), int('people'), int('masked')],
        ...[code('reason', 40, true), bytes('note_sealed', SEALED_NOTE, true)],
      ],
      primary: ['tenant_id', 'id'],
    });
    await createTable(runner, {
      name: 'privacy_read_subject',
      columns: [id('tenant_id'), id('subject_id'), id('entry_id')],
      primary: ['tenant_id', 'subject_id', 'entry_id'],
      references: [
        [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']],
        [['tenant_id', 'entry_id'], 'privacy_read_entry', ['tenant_id', 'id']],
      ],
      indexes: [['tenant_id', 'entry_id']],
    });
  }

  private async approvals(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'privacy_approval',
      columns: [
        ...[id('tenant_id'), id('id'), code('kind', 32), code('state', 16), code('fields', 200), int('people')],
        ...[
          code('content_hash', 64),
          longtext('changes'),
          bytes('reason_sealed', SEALED_NOTE, true),
          id('requested_by'),
        ],
        ...[int('requested_at'), int('expires_at'), id('decided_by', true), int('decided_at', true)],
        int('used_at', true),
      ],
      primary: ['tenant_id', 'id'],
    });
    await createTable(runner, {
      name: 'privacy_approval_subject',
      columns: [id('tenant_id'), id('subject_id'), id('approval_id')],
      primary: ['tenant_id', 'subject_id', 'approval_id'],
      references: [
        [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']],
        [['tenant_id', 'approval_id'], 'privacy_approval', ['tenant_id', 'id']],
      ],
      indexes: [['tenant_id', 'approval_id']],
    });
  }

  private async reveals(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'privacy_reveal_guard',
      columns: [
        ...[id('tenant_id'), id('member_id')],
        ...[int('content_alarm_at', true), int('transaction_alarm_at', true), int('other_alarm_at', true)],
      ],
      primary: ['tenant_id', 'member_id'],
    });
    await createTable(runner, {
      name: 'privacy_reveal_take',
      columns: [
        ...[id('tenant_id'), id('member_id'), id('id'), int('at'), code('line', 16), int('shown'), int('approved')],
      ],
      primary: ['tenant_id', 'member_id', 'id'],
    });
  }
}
