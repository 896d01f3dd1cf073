import { addColumns, bytes, code, createTable, id, int, longtext, text } from '@libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const SUBJECT = [['tenant_id', 'subject_id'], 'privacy_data_subject', ['tenant_id', 'id']] as const;

/** Consent by scope with its proof, the register in versions, questions to people, and the queue of erasures. */
export class ConsentTables1790000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.records(runner);
    await this.register(runner);
    await this.queues(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['privacy_erasure_task', 'privacy_consent_ask', 'privacy_register_version']) {
      await runner.dropTable(table);
    }
    await runner.query("UPDATE privacy_consent_record SET decision = 'agree' WHERE decision = 'grant'");
    const added = ['scope', 'type', 'screen', 'method', 'actor', 'version', 'proof'];
    await runner.dropColumns('privacy_consent_record', added);
    await runner.dropColumn('privacy_data_subject', 'guarded');
  }

  private async records(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'privacy_data_subject', { columns: [int('guarded')] });
    await addColumns(runner, 'privacy_consent_record', {
      columns: [
        { ...code('scope', 120), initial: '' },
        { ...code('type', 16), initial: 'ordinary' },
        { ...code('screen', 64), initial: 'widget.notice' },
        { ...code('method', 16), initial: 'button' },
        { ...code('actor', 80), initial: 'visitor' },
        int('version'),
        bytes('proof', 32, true),
      ],
    });
    await runner.query(
      `UPDATE privacy_consent_record SET scope = ${scopeOfPurpose(runner)}, ` +
        "version = CASE decision WHEN 'agree' THEN 1 ELSE 0 END, " +
        "decision = CASE decision WHEN 'agree' THEN 'grant' ELSE decision END WHERE scope = ''",
    );
    await addColumns(runner, 'privacy_subject_link', {
      columns: [],
      indexes: [
        ['tenant_id', 'subject_id'],
        ['tenant_id', 'other_id'],
      ],
    });
  }

  private async register(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'privacy_register_version',
      columns: [
        id('tenant_id'),
        int('version'),
        longtext('document'),
        code('hash', 64),
        id('changed_by'),
        int('changed_at'),
        text('note', 500),
      ],
      primary: ['tenant_id', 'version'],
      references: [[['tenant_id'], 'tenant_tenant', ['id']]],
    });
  }

  private async queues(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'privacy_consent_ask',
      columns: [
        id('tenant_id'),
        id('id'),
        id('subject_id'),
        code('scope', 120),
        id('asked_by'),
        int('asked_at'),
        int('answered_at', true),
      ],
      primary: ['tenant_id', 'id'],
      references: [SUBJECT],
      indexes: [['tenant_id', 'subject_id']],
    });
    await createTable(runner, {
      name: 'privacy_erasure_task',
      columns: [
        id('tenant_id'),
        id('id'),
        id('subject_id'),
        code('state', 16),
        int('queued_at'),
        int('due_at'),
        int('ended_at', true),
      ],
      primary: ['tenant_id', 'id'],
      references: [SUBJECT],
      indexes: [
        ['tenant_id', 'subject_id'],
        ['tenant_id', 'state', 'due_at'],
      ],
    });
  }
}

function scopeOfPurpose(runner: QueryRunner): string {
  return runner.connection.options.type === 'mariadb' ? "CONCAT('purpose/', purpose)" : "'purpose/' || purpose";
}
