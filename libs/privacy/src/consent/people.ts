import { chunks, placeholders, type SqlReader } from '@libs/database';
import { type ConsentState, type Decided, NO_DECISIONS, type PersonConsents, stateOf } from '@libs/privacy-core';
import type { SubjectState } from '../subjects/subject.entity.js';

/** A person with the ids of the subjects linked with it: when one of them decides, this is out of date. */
export interface Person {
  readonly consents: PersonConsents;
  readonly linkedIds: readonly string[];
}

interface DecisionRow {
  readonly id: string;
  readonly guarded: number | string;
  readonly state: SubjectState;
  readonly scope: string | null;
  readonly decision: Decided['decision'];
  readonly version: number | string;
  readonly decided_at: number | string;
}

interface Known {
  readonly state: ConsentState;
  readonly guarded: boolean;
  readonly left: boolean;
}

const MOST = 512;
const UNKNOWN: Known = { state: NO_DECISIONS, guarded: false, left: false };

/** The people behind `subjectIds`: one query for links where there are none, one for what they and theirs decided. */
export async function readPeople(
  reader: SqlReader,
  tenantId: string,
  subjectIds: readonly string[],
): Promise<Map<string, Person>> {
  const links = await readLinks(reader, tenantId, subjectIds);
  const closures = new Map(subjectIds.map((id) => [id, closureOf(id, links)]));
  const everybody = new Set([...subjectIds, ...[...closures.values()].flat()]);
  const known = await readDecisions(reader, tenantId, [...everybody]);
  const of = (id: string): Known => known.get(id) ?? UNKNOWN;
  const people = new Map<string, Person>();
  for (const [id, linkedIds] of closures) {
    const all = [id, ...linkedIds].map(of);
    const consents = {
      own: of(id).state,
      linked: linkedIds.map((linked) => of(linked).state),
      guarded: all.some(({ guarded }) => guarded),
      left: all.some(({ left }) => left),
    };
    people.set(id, { consents, linkedIds });
  }
  return people;
}

/** A person as it is right after its birth: one decision, no links. */
export function newborn(decided: Decided): Person {
  return { consents: { own: stateOf([decided]), linked: [], guarded: false, left: false }, linkedIds: [] };
}

/** Ids of `subjectIds` and of everybody linked with them, ascending: the order in which rows are locked. */
export async function withLinked(
  reader: SqlReader,
  tenantId: string,
  subjectIds: readonly string[],
): Promise<readonly string[]> {
  const links = await readLinks(reader, tenantId, subjectIds);
  return [...new Set(subjectIds.flatMap((id) => [id, ...closureOf(id, links)]))].sort();
}

type Links = ReadonlyMap<string, ReadonlySet<string>>;

/** Follows links outwards until nobody new is found. */
async function readLinks(reader: SqlReader, tenantId: string, subjectIds: readonly string[]): Promise<Links> {
  const links = new Map<string, Set<string>>();
  const asked = new Set<string>();
  let next = [...new Set(subjectIds)];
  while (next.length > 0) {
    for (const id of next) asked.add(id);
    for (const ids of chunks(next, MOST)) {
      // One part for each end: with OR, SQLite reads all links of the tenant.
      const of = (end: string): string =>
        'SELECT subject_id, other_id FROM privacy_subject_link WHERE tenant_id = ? AND undone_at IS NULL ' +
        `AND ${end} IN (${placeholders(ids.length)})`;
      const rows = await reader.all<{ subject_id: string; other_id: string }>(
        `${of('subject_id')} UNION ALL ${of('other_id')}`,
        [tenantId, ...ids, tenantId, ...ids],
      );
      for (const { subject_id: one, other_id: other } of rows) {
        links.set(one, (links.get(one) ?? new Set()).add(other));
        links.set(other, (links.get(other) ?? new Set()).add(one));
      }
    }
    next = [...links.keys()].filter((id) => !asked.has(id));
  }
  return links;
}

/** Everybody that a subject is linked with, directly or not, without itself. */
function closureOf(subjectId: string, links: Links): readonly string[] {
  const found = new Set([subjectId]);
  // A set that grows while it is walked: whoever is added is walked too.
  for (const id of found) for (const linked of links.get(id) ?? []) found.add(linked);
  found.delete(subjectId);
  return [...found].sort();
}

async function readDecisions(
  reader: SqlReader,
  tenantId: string,
  subjectIds: readonly string[],
): Promise<Map<string, Known>> {
  const histories = new Map<string, Omit<Known, 'state'> & { readonly history: Decided[] }>();
  /** One text for each scope, not one for each row: they stay in memory with whom they are about. */
  const words = new Map<string, string>();
  for (const ids of chunks(subjectIds, MOST)) {
    const rows = await reader.all<DecisionRow>(
      'SELECT d.id, d.guarded, d.state, r.scope, r.decision, r.version, r.decided_at FROM privacy_data_subject d ' +
        'LEFT JOIN privacy_consent_record r ON r.tenant_id = ? AND r.subject_id = d.id ' +
        `WHERE d.tenant_id = ? AND d.id IN (${placeholders(ids.length)})`,
      [tenantId, tenantId, ...ids],
    );
    for (const { id, guarded, state, scope, decision, version, decided_at } of rows) {
      const entry = histories.get(id) ?? { guarded: Number(guarded) === 1, left: state === 'withheld', history: [] };
      histories.set(id, entry);
      if (scope === null) continue;
      const word = words.get(scope) ?? scope;
      words.set(word, word);
      entry.history.push({ scope: word, decision, version: Number(version), at: Number(decided_at) });
    }
  }
  return new Map([...histories].map(([id, { history, ...known }]) => [id, { ...known, state: stateOf(history) }]));
}
