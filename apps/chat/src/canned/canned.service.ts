import type { CannedCreate, CannedEdit, CannedOwner, CannedResponse, CannedResponses } from '@libs/contracts';
import { DATABASE, type Database, forUpdate, type Tx, UnitOfWork } from '@libs/database';
import { announce, InvalidationFeed } from '@libs/events';
import { CLOCK, type Clock, newId } from '@libs/kernel';
import { commitment } from '@libs/privacy-core';
import { lockTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { MEMBER_NAMES, type MemberNames } from '../stream/member-names.js';
import { cannedErrors, MOST_CANNED } from './canned.errors.js';
import { type CannedPlace, CannedRows, type CannedWriter } from './canned-rows.js';
import { checkedCanned, collide } from './canned-text.js';

/** Who asks, and whether the role writes for everybody. */
export interface CannedAsker extends CannedWriter {
  readonly mayShare: boolean;
  readonly correlationId: string;
}

/** What one change does within its transaction; answers what it sealed. */
type Change = (tx: Tx, place: CannedPlace, all: readonly CannedResponse[], now: number) => Promise<readonly Buffer[]>;

const KINDS = {
  created: 'chat.canned-created.v1',
  changed: 'chat.canned-changed.v1',
  deleted: 'chat.canned-deleted.v1',
} as const;

/** One change of one canned response. */
interface Act {
  readonly kind: keyof typeof KINDS;
  readonly owner: CannedOwner;
  readonly id: string;
  readonly version: number;
  readonly change: Change;
}

/** Texts that are written once and sent often: of the workspace, and of each member. */
@Injectable()
export class CannedService {
  constructor(
    private readonly rows: CannedRows,
    private readonly work: UnitOfWork,
    private readonly feed: InvalidationFeed,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(MEMBER_NAMES) private readonly names: MemberNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(asker: CannedAsker): Promise<CannedResponses> {
    const { tenantId, memberId } = asker;
    const { reader } = this.database;
    await this.rows.unlock(asker);
    const shared = await this.rows.all(reader, asker, 'workspace');
    const own = await this.rows.all(reader, asker, 'me');
    const [tenant] = await reader.all<{ name: string }>('SELECT name FROM tenant_tenant WHERE id = ?', [tenantId]);
    const names = await this.names.nameOf(tenantId, [memberId]);
    return { items: [...own, ...shared], agentName: names.get(memberId) ?? '', workspaceName: tenant?.name ?? '' };
  }

  async create(asker: CannedAsker, { owner, ...wish }: CannedCreate): Promise<CannedResponse> {
    const text = checkedCanned(wish);
    const id = newId();
    await this.commit(asker, {
      ...{ kind: 'created', owner, id, version: 1 },
      change: async (tx, place, all, now) => {
        if (all.length >= MOST_CANNED[owner]) throw cannedErrors.tooMany(MOST_CANNED[owner]);
        if (all.some((one) => collide(one, text))) throw cannedErrors.taken();
        return this.rows.insert(tx, place, text, now);
      },
    });
    return { id, owner, version: 1, ...text };
  }

  async edit(asker: CannedAsker, id: string, { version, ...wish }: CannedEdit): Promise<CannedResponse> {
    const owner = await this.ownerOf(asker, id);
    const text = checkedCanned(wish);
    await this.commit(asker, {
      ...{ kind: 'changed', owner, id, version: version + 1 },
      change: async (tx, place, all, now) => {
        await this.requireVersion(tx, place, all, version);
        if (all.some((one) => one.id !== id && collide(one, text))) throw cannedErrors.taken();
        return this.rows.update(tx, place, text, now);
      },
    });
    return { id, owner, version: version + 1, ...text };
  }

  /** What is deleted is gone; whoever takes that back makes it anew. */
  async remove(asker: CannedAsker, id: string, version: number): Promise<void> {
    const owner = await this.ownerOf(asker, id);
    await this.commit(asker, {
      ...{ kind: 'deleted', owner, id, version },
      change: async (tx, place, all) => {
        await this.requireVersion(tx, place, all, version);
        await this.rows.remove(tx, place);
        return [];
      },
    });
  }

  /** 404 for those of colleagues and of nobody alike. */
  private async ownerOf(asker: CannedAsker, id: string): Promise<CannedOwner> {
    const { reader } = this.database;
    await this.rows.unlock(asker);
    if ((await this.rows.all(reader, asker, 'me')).some((one) => one.id === id)) return 'me';
    if ((await this.rows.all(reader, asker, 'workspace')).some((one) => one.id === id)) return 'workspace';
    throw cannedErrors.notFound();
  }

  private async requireVersion(tx: Tx, place: CannedPlace, all: readonly CannedResponse[], version: number) {
    const now = all.find(({ id }) => id === place.id);
    if (!now) throw cannedErrors.notFound();
    if (now.version !== version) throw cannedErrors.changed(await this.rows.lastChange(tx, place), now.version);
  }

  private async commit(asker: CannedAsker, { kind, owner, id, version, change }: Act): Promise<void> {
    const { tenantId, memberId, subjectId, correlationId, mayShare } = asker;
    if (owner === 'workspace' && !mayShare) throw cannedErrors.notYours();
    await this.rows.unlock(asker);
    const actor = { kind: 'member', id: memberId } as const;
    await this.work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async ({ tx, record }) => {
      await lockOwner(tx, asker, owner);
      const all = await this.rows.all(tx, asker, owner);
      const sealed = await change(tx, { tenantId, memberId, subjectId, owner, id }, all, this.clock.now());
      await announce(tx, { kind: 'canned', tenantId, ref: owner === 'me' ? memberId : tenantId });
      record({
        ...{ kind: KINDS[kind], subjectId: owner === 'me' ? subjectId : null },
        ...{ resource: `canned-response:${id}`, fields: 'shortcut,title,text,locale,position' },
        detail: () => ({ version }),
        commitment: sealed.length === 0 ? null : commitment(Buffer.concat([...sealed])),
      });
    });
    await this.feed.poll();
  }
}

/** One change of an owner's list at a time: words and limits hold for all of it. A person who is being erased gets no row. */
async function lockOwner(tx: Tx, { tenantId, subjectId }: CannedWriter, owner: CannedOwner): Promise<void> {
  if (!(await (owner === 'workspace' ? lockTenant(tx, tenantId) : lockLive(tx, tenantId, subjectId)))) {
    throw cannedErrors.notFound();
  }
}

async function lockLive(tx: Tx, tenantId: string, subjectId: string): Promise<boolean> {
  const sql = `SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id = ? AND state = 'live'${forUpdate(tx)}`;
  return (await tx.all(sql, [tenantId, subjectId])).length > 0;
}
