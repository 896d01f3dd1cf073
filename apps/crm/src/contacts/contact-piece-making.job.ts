import { setTimeout as pause } from 'node:timers/promises';
import { chunks, DATABASE, type Database, forUpdate, placeholders, type Tx, UnitOfWork } from '@libs/database';
import { LOG } from '@libs/http';
import { CLOCK, type Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { runInTenant } from '@libs/tenancy';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ContactRepository, liveSubjects } from './contact.repository.js';
import { replacePieces } from './contact-piece.repository.js';
import { ContactPieceMaker, type MadePieces } from './contact-piece-maker.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Contacts of one transaction, and how long others have the database to themselves between two. */
const SLICE = 50;
const BETWEEN_MS = 10;

/**
 * Makes the search pieces of contacts that were written before there were any. In slices: one that is interrupted is
 * found again by its mark. A person who has not agreed is left as they are and looked at again within the hour.
 */
@Injectable()
export class ContactPieceMaking implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private doneAt: number | undefined;
  private closing = false;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    private readonly contacts: ContactRepository,
    private readonly maker: ContactPieceMaker,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.look();
    this.timer = setInterval(() => this.look(), MINUTE_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** One round over all tenants; the number of contacts whose pieces are made now. */
  async round(): Promise<number> {
    // The list of tenants belongs to no tenant, so this read is none across them.
    const tenants = await this.database.reader.all<{ id: string }>('SELECT id FROM tenant_tenant ORDER BY id', []);
    let made = 0;
    for (const { id: tenantId } of tenants) {
      const context = { tenantId, actor: { kind: 'system', id: 'crm' }, correlationId: 'crm' } as const;
      const rows = await runInTenant(context, () => this.ofTenant(tenantId));
      if (rows > 0) this.log.info('crm.contact-pieces-made', { tenantId, rows });
      made += rows;
    }
    return made;
  }

  /** A round that fails is tried again within the minute. */
  private look(): void {
    if (this.doneAt !== undefined && this.clock.now() - this.doneAt < HOUR_MS) return;
    this.running ??= this.round()
      .then(() => {
        this.doneAt = this.clock.now();
      })
      .catch((error: unknown) => this.log.warn('crm.contact-pieces-not-made', { err: error }))
      .finally(() => {
        this.running = undefined;
      });
  }

  private async ofTenant(tenantId: string): Promise<number> {
    let done = 0;
    for (let after = ''; !this.closing; await pause(BETWEEN_MS)) {
      const rows = await this.contacts.withoutPieces(after, SLICE);
      if (rows.length > 0) {
        const made = await this.maker.make(tenantId, rows);
        done += await this.work.upkeep((tx) => keep(tx, tenantId, made), new Set([tenantId]));
      }
      if (rows.length < SLICE) break;
      after = rows[rows.length - 1]!.id;
    }
    return done;
  }
}

/** Only of people who are still there, and of contacts that nobody has changed since they were read. */
async function keep(tx: Tx, tenantId: string, made: readonly MadePieces[]): Promise<number> {
  const live = await liveSubjects(
    tx,
    tenantId,
    made.map(({ row }) => row.subjectId),
  );
  const versions = new Map<string, number>();
  for (const ids of chunks(made.map(({ row }) => row.id))) {
    const rows = await tx.all<{ id: string; version: number | string }>(
      `SELECT id, version FROM crm_contact WHERE tenant_id = ? AND id IN (${placeholders(ids.length)}) ` +
        `ORDER BY id${forUpdate(tx)}`,
      [tenantId, ...ids],
    );
    for (const { id, version } of rows) versions.set(id, Number(version));
  }
  const unchanged = made.filter(({ row }) => live.has(row.subjectId) && versions.get(row.id) === row.version);
  for (const { row, pieces } of unchanged) await replacePieces(tx, { tenantId, ...row }, pieces);
  const complete = unchanged.filter(({ isComplete }) => isComplete).map(({ row }) => row.id);
  for (const ids of chunks(complete)) {
    await tx.run(`UPDATE crm_contact SET pieces = 1 WHERE tenant_id = ? AND id IN (${placeholders(ids.length)})`, [
      ...[tenantId, ...ids],
    ]);
  }
  return complete.length;
}
