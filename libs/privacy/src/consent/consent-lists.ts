import type { Database, SqlValue } from '@libs/database';
import { type Register, verifyConsentProof, versionOf } from '@libs/privacy-core';
import { inTenant } from '../in-tenant.js';
import type { CheckedRecord, HistoryFilter, ScopeCount } from './consent-act.js';
import { RECORD_FIELDS, type RecordRow, recordOf } from './consent-rows.js';

/** A page of the book. */
export interface HistoryPage {
  readonly items: readonly CheckedRecord[];
  readonly next: string | null;
}

/** A record with the seal that lies beside it. */
export type ProvenRecord = CheckedRecord & { readonly proof: Buffer };

type SealKey = (tenantId: string) => Promise<Buffer>;

interface CountRow {
  readonly scope: string;
  readonly decision: keyof typeof STATES;
  readonly version: number | string;
  readonly people: number | string;
}

const STATES = { grant: 'granted', refuse: 'refused', withdraw: 'withdrawn' } as const;

/** Reads the book for officers and evidence: every record is checked against its seal. */
export class ConsentLists {
  constructor(
    private readonly database: Database,
    private readonly sealKey: SealKey,
  ) {}

  /** Newest first. */
  async history(tenantId: string, filter: HistoryFilter): Promise<HistoryPage> {
    const take = Math.min(Math.max(1, Math.trunc(filter.limit ?? 50)), 200);
    const { where, params } = conditions(filter);
    const rows = await inTenant(tenantId, () =>
      this.database.reader.all<RecordRow>(
        `SELECT ${RECORD_FIELDS} FROM privacy_consent_record WHERE tenant_id = ?${where} ORDER BY id DESC LIMIT ?`,
        [tenantId, ...params, take + 1],
      ),
    );
    const items = (await this.checked(tenantId, rows.slice(0, take))).map(({ proof: _seal, ...record }) => record);
    return { items, next: rows.length > take ? (items[items.length - 1]?.id ?? null) : null };
  }

  async find(tenantId: string, id: string): Promise<ProvenRecord | undefined> {
    const rows = await inTenant(tenantId, () =>
      this.database.reader.all<RecordRow>(
        `SELECT ${RECORD_FIELDS} FROM privacy_consent_record WHERE tenant_id = ? AND id = ?`,
        [tenantId, id],
      ),
    );
    return (await this.checked(tenantId, rows))[0];
  }

  /** People by their last word about each scope, as it counts under `register`; who is erased does not count. */
  async counts(tenantId: string, register: Register): Promise<readonly ScopeCount[]> {
    const rows = await inTenant(tenantId, () =>
      this.database.reader.all<CountRow>(
        'SELECT r.scope, r.decision, r.version, COUNT(*) AS people FROM privacy_consent_record r ' +
          'JOIN privacy_data_subject d ON d.tenant_id = ? AND d.id = r.subject_id ' +
          'LEFT JOIN privacy_consent_record n ON n.tenant_id = ? AND n.subject_id = r.subject_id ' +
          'AND n.scope = r.scope AND n.decided_at > r.decided_at ' +
          "WHERE r.tenant_id = ? AND n.id IS NULL AND d.state <> 'erased' GROUP BY r.scope, r.decision, r.version",
        [tenantId, tenantId, tenantId],
      ),
    );
    const counts = new Map<string, { -readonly [key in keyof ScopeCount]: ScopeCount[key] }>();
    for (const { scope, decision, version, people } of rows) {
      const count = counts.get(scope) ?? { scope, granted: 0, superseded: 0, refused: 0, withdrawn: 0 };
      const old = decision === 'grant' && Number(version) < versionOf(register, scope);
      count[old ? 'superseded' : STATES[decision]] += Number(people);
      counts.set(scope, count);
    }
    return [...counts.values()].sort((one, other) => (one.scope < other.scope ? -1 : 1));
  }

  private async checked(tenantId: string, rows: readonly RecordRow[]): Promise<ProvenRecord[]> {
    if (rows.length === 0) return [];
    const key = await this.sealKey(tenantId);
    return rows.map((row) => {
      const record = recordOf(tenantId, row);
      const proof = row.proof === null ? Buffer.alloc(0) : Buffer.from(row.proof);
      return { ...record, proof, intact: verifyConsentProof(key, record, proof) };
    });
  }
}

function conditions({ subjectId, scope, decision, cursor }: HistoryFilter): { where: string; params: SqlValue[] } {
  const wanted = (
    [
      ['subject_id = ?', subjectId],
      ['scope = ?', scope],
      ['decision = ?', decision],
      ['id < ?', cursor],
    ] as const
  ).filter(([, value]) => value !== undefined);
  return {
    where: wanted.map(([condition]) => ` AND ${condition}`).join(''),
    params: wanted.map(([, value]) => value as string),
  };
}
