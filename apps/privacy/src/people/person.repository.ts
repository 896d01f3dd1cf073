import { chunks, DATABASE, type Database, placeholders } from '@libs/database';
import { UserError } from '@libs/kernel';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';

/** Which people there are in the tenant of the context. */
@Injectable()
export class PersonRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** 404 `privacy.subject-not-found` for an id that is nobody's here. */
  async assertKnown(subjectId: string): Promise<void> {
    const rows = await this.database.reader.all('SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id = ?', [
      currentTenant().tenantId,
      subjectId,
    ]);
    if (rows.length === 0) {
      throw new UserError('privacy.subject-not-found', 'There is no such person.', { status: 404 });
    }
  }

  /**
   * The people behind contacts, once each; 404 where one of the contacts does not exist. A scoped existence test, the one
   * thing a service may ask of another's tables (design 4.1); when the services' databases are parted, it becomes a port.
   */
  async behindContacts(contactIds: readonly string[]): Promise<string[]> {
    const wanted = [...new Set(contactIds)].sort();
    const people: string[] = [];
    for (const ids of chunks(wanted)) {
      const rows = await this.database.reader.all<{ subject_id: string }>(
        `SELECT subject_id FROM crm_contact WHERE tenant_id = ? AND id IN (${placeholders(ids.length)})`,
        [currentTenant().tenantId, ...ids],
      );
      people.push(...rows.map((row) => row.subject_id));
    }
    if (people.length !== wanted.length) {
      throw new UserError('privacy.contact-not-found', 'One of the contacts does not exist.', { status: 404 });
    }
    return [...new Set(people)];
  }
}
