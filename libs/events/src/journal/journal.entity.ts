import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table, TextColumn } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** One row per change: audit entry and domain event at once (design 1.5). Ids, names of fields, a commitment. */
@Table('event_journal')
export class JournalEntity {
  @IntColumn({ primary: true }) @NotPersonal('insertion number, the event id') id: number;
  @IntColumn({ nullable: true }) @NotPersonal('place in the order of the journal; SQLite uses id') position:
    | number
    | null;
  @IdColumn() @NotPersonal('id of the tenant') tenantId: string;
  @CodeColumn(80) @NotPersonal('name of the kind of event') kind: string;
  @CodeColumn(80) @NotPersonal('pseudonymous id of who acted') actor: string;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonymous id of the person concerned') subjectId: string | null;
  @CodeColumn(40) @NotPersonal('code of the purpose') purpose: string;
  @CodeColumn(80) @NotPersonal('kind and id of what was changed') resource: string;
  @CodeColumn(200) @NotPersonal('names of fields, never values') fields: string;
  @TextColumn(300, { nullable: true }) @NotPersonal('numbers and ids, closed shape per kind') detail: string | null;
  @BytesColumn({ nullable: true }) @NotPersonal('salted hash of the sealed payload') commitment: Buffer | null;
  @CodeColumn(64) @NotPersonal('id of the request or connection') correlation: string;
  @IntColumn() @NotPersonal('time of the change') at: number;
}

/** How far a consumer has read. Not about anybody, therefore without a tenant. */
@Table('event_cursor')
export class CursorEntity {
  @CodeColumn(64, { primary: true }) @NotPersonal('name of the consumer') consumer: string;
  @IntColumn() @NotPersonal('last position it has handled') position: number;
}

/** What every process must forget within 5 s (design 1, invalidation feed). Read by overlap, never by cursor. */
@Table('event_invalidation')
export class InvalidationEntity {
  @IntColumn({ primary: true }) @NotPersonal('insertion number') id: number;
  @IdColumn() @NotPersonal('id of the tenant') tenantId: string;
  @CodeColumn(40) @NotPersonal('what kind of thing changed') kind: string;
  @CodeColumn(64) @NotPersonal('id of what changed') ref: string;
  @IntColumn() @NotPersonal('time by the database clock') at: number;
}
