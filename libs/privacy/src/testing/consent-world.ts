import { insertRow, type Tx } from '@libs/database';
import { announce, InvalidationFeed } from '@libs/events';
import { AppError, ManualClock, newId, randomToken } from '@libs/kernel';
import { openPrivacy, type PrivacyParts } from '@libs/platform';
import { type Column, openTestPlatform } from '@libs/testing';
import { field } from '../cipher/field-spec.js';
import type { ConsentAct } from '../consent/consent-act.js';
import { ERASERS } from '../destruction/erasers.js';
import type { PersonalCell, Reader, ReadNote } from '../personal/reader.js';

/** A column of a table that only these tests know, for each field they need. */
export const FIELDS = {
  name: field('test_contact', 'name', 'contact', ['customer-relations', 'support-conversation'], 'contact.name'),
  mobile: field('test_contact', 'mobile', 'contact', ['customer-relations'], 'contact.mobile'),
  address: field('test_contact', 'address', 'location', ['customer-relations'], 'contact.address'),
} as const;

export const SCOPES = {
  basic: 'purpose/support-conversation',
  relations: 'purpose/customer-relations',
  mobile: 'field/customer-relations/contact.mobile',
  address: 'sensitive/customer-relations/contact.address',
  guardian: 'guardian/customer-relations',
} as const;

export type ConsentWorld = Awaited<ReturnType<typeof openConsentWorld>>;

/** A tenant with people, and a second process that knows only what the database and the feed tell it. */
export async function openConsentWorld(column: Column) {
  const clock = new ManualClock(Date.now());
  const test = await openTestPlatform({ column, clock });
  const { platform } = test;
  standIn(platform);
  const [tenantId, otherTenant] = test.tenants;
  const feed = new InvalidationFeed(platform.database);
  const elsewhere = openPrivacy({ ...platform, feed, destruction: platform.upkeep.destruction });
  await feed.poll();
  const who = { tenantId, memberId: newId(), correlationId: 'test' };

  const act = async (subjectId: string, scope: string, more: Partial<ConsentAct> = {}): Promise<ConsentAct> => {
    const notice = await platform.privacy.consents.notice(tenantId, scope, 'en');
    return {
      ...{ tenantId, subjectId, scope, decision: 'grant', granted: more.decision === undefined },
      ...{ version: notice?.version ?? 1, noticeHash: notice?.hash ?? '' },
      ...{ locale: 'en', screen: 'widget.your-data', channel: 'web-widget', method: 'switch', actor: 'visitor' },
      correlationId: 'test',
      ...more,
    };
  };
  const decide = async (subjectId: string, scope: string, more: Partial<ConsentAct> = {}) =>
    platform.privacy.consents.decide(await act(subjectId, scope, more));

  return {
    ...{ clock, platform, tenantId, otherTenant, feed, elsewhere, who, act, decide, close: test.close },
    here: platform.privacy,
    /** A visitor who agreed to the conversation. */
    person: async (nonce = randomToken(24)): Promise<string> => {
      const subjectId = newId();
      await platform.keys.createSubject(tenantId, subjectId, ['content', 'contact', 'location']);
      const slip = {
        ...{ noticeHash: 'a'.repeat(64), version: 1, consentVersion: 1, locale: 'en' },
        ...{ agreedAt: clock.now(), nonce },
      };
      const birth = await platform.privacy.consents.birthStep({ tenantId, subjectId, inboxId: newId(), slip });
      await submit(platform, tenantId, subjectId, [platform.subjects.step({ subjectId, create: 'visitor' }), birth]);
      return subjectId;
    },
    /** A write behind the fence of the person; answers the code of its refusal. */
    write: (subjectId: string, ...steps: Parameters<typeof submit>[3]): Promise<string | undefined> =>
      codeOf(submit(platform, tenantId, subjectId, [platform.subjects.step({ subjectId }), ...steps])),
    link: async (one: string, other: string): Promise<void> => {
      const row = [tenantId, newId(), one, other, 'same-person', 'test', clock.now(), null];
      await inTx(platform, tenantId, [one, other], (tx) => tx.insert('privacy_subject_link', LINK, [row]));
    },
    guard: (subjectId: string): Promise<void> =>
      inTx(platform, tenantId, [subjectId], (tx) =>
        tx.run('UPDATE privacy_data_subject SET guarded = 1 WHERE tenant_id = ? AND id = ?', [tenantId, subjectId]),
      ),
    seal: async (subjectId: string, name: keyof typeof FIELDS, text: string): Promise<PersonalCell> => {
      const spec = FIELDS[name];
      await platform.cipher.load(tenantId, [subjectId], spec.group);
      const sealed = platform.cipher.seal(tenantId, subjectId, spec, subjectId, text, 'customer-relations');
      return { subjectId, spec, row: subjectId, sealed };
    },
    reader: (more: Partial<Reader> = {}): Reader => ({
      ...{ tenantId, memberId: who.memberId, role: 'agent', purpose: 'customer-relations' },
      ...{ correlationId: 'test', range: 'contacts 1' },
      ...more,
    }),
    /** A number of rows of a table of the tenant. */
    count: async (table: string, condition = '1 = 1'): Promise<number> => {
      let found = 0;
      await platform.work.upkeep(
        async (tx) => {
          const sql = `SELECT COUNT(*) AS n FROM ${table} WHERE tenant_id = ? AND ${condition}`;
          const [row] = await tx.all<{ n: number | string }>(sql, [tenantId]);
          found = Number(row!.n);
        },
        new Set([tenantId]),
      );
      return found;
    },
  };
}

const LINK = ['tenant_id', 'id', 'subject_id', 'other_id', 'reason', 'actor', 'at', 'undone_at'];

/** Notes that a gate left. */
export function noteTaker(): { readonly notes: ReadNote[]; note(read: ReadNote): void; room(): undefined } {
  const notes: ReadNote[] = [];
  return { notes, note: (read) => notes.push(read), room: () => undefined };
}

/** The code of a refusal; undefined where there was none. */
export async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** The services that are not here have nothing to erase, and the erasure of a person waits for all of them. */
function standIn({ upkeep: { erasers } }: Platform): void {
  for (const name of ERASERS) if (!erasers.names.includes(name)) erasers.add({ name, erase: async () => undefined });
}

type Platform = Awaited<ReturnType<typeof openTestPlatform>>['platform'];

async function submit(
  { committer }: Platform,
  tenantId: string,
  subjectId: string,
  steps: readonly ReturnType<typeof insertRow.step>[],
): Promise<void> {
  const entry = { kind: 'test.written.v1', subjectId, resource: 'test:1', fields: '', commitment: null };
  const actor = { kind: 'system', id: 'test' } as const;
  const set = { tenantId, actor, purpose: 'customer-relations', correlationId: 'test', steps, journal: [entry] };
  await committer.submit(set);
}

async function inTx(
  { work }: Platform,
  tenantId: string,
  people: readonly string[],
  write: (tx: Tx) => unknown,
): Promise<void> {
  await work.upkeep(
    async (tx) => {
      await write(tx);
      for (const ref of people) await announce(tx, { kind: 'consent', tenantId, ref });
    },
    new Set([tenantId]),
  );
}

export type { PrivacyParts };
