import { MemberDirectory } from '@libs/auth';
import type { ListFilter, ListOptions } from '@libs/contracts';
import { DATABASE, type Database, placeholders } from '@libs/database';
import { InvalidInputError } from '@libs/http';
import { isId } from '@libs/kernel';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { inboxErrors } from '../inboxes/inbox.errors.js';
import { labelErrors } from '../labels/label.errors.js';
import { memberNotFound } from './colleagues.js';
import { ListPeople } from './list-people.js';

const WORDS: readonly string[] = ['me', 'nobody'];

/** Looks whether what a list shall be narrowed to is there at all: of another workspace it is not. */
@Injectable()
export class ListChecks {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly members: MemberDirectory,
    readonly people: ListPeople,
  ) {}

  /** 404 with the code of the thing that the workspace does not have. */
  async check(tenantId: string, { inbox = [], label = [], assignee = [] }: ListFilter): Promise<void> {
    if (!(await this.hasAll('chat_inbox', inbox))) throw inboxErrors.notFound();
    if (!(await this.hasAll('chat_label', label))) throw labelErrors.notFound();
    for (const id of assignee.filter((one) => !WORDS.includes(one))) {
      if (!isId(id)) throw new InvalidInputError([{ field: 'assignee', rule: 'ref' }]);
      if (!(await this.members.find(tenantId, id))) throw memberNotFound();
    }
  }

  /** Inboxes of the workspace, the ended ones among them: conversations stay. */
  async inboxes(): Promise<ListOptions['inboxes']> {
    return this.database.reader.all<{ id: string; name: string }>(
      'SELECT id, name FROM chat_inbox WHERE tenant_id = ? ORDER BY created_at, id',
      [currentTenant().tenantId],
    );
  }

  private async hasAll(table: 'chat_inbox' | 'chat_label', ids: readonly string[]): Promise<boolean> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return true;
    const rows = await this.database.reader.all(
      `SELECT id FROM ${table} WHERE tenant_id = ? AND id IN (${placeholders(wanted.length)})`,
      [currentTenant().tenantId, ...wanted],
    );
    return rows.length === wanted.length;
  }
}
