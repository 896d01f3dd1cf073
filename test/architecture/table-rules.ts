import type { Manifest, StoreDeclaration } from '@libs/privacy-core';
import type { ProductEntity } from './product.js';
import type { RealTable } from './real-schema.js';

/** What a rule says about one place. */
export interface Finding {
  readonly place: string;
  readonly problem: string;
}

/** Tables without a tenant, each with its reason. */
const NOBODYS: Readonly<Record<string, string>> = {
  tenant_tenant: 'the list of tenants itself',
  event_cursor: 'how far each consumer has read; about nobody',
};

/** Keys that do not start with the tenant, each with its reason. */
const FOREIGN_KEYS: Readonly<Record<string, string>> = {
  'event_journal(id)': 'insertion order of all tenants is what the sequencer reads',
  'event_journal(position)': 'one order for all consumers',
  'event_invalidation(id)': 'one feed for all processes',
  'chat_inbox(public_key)': 'the snippet names the inbox before anybody knows the tenant',
};

/** Text that people write, therefore not `ascii_bin`, and why it needs no closed JSON schema. */
const WRITTEN_TEXT: Readonly<Record<string, string>> = {
  'tenant_tenant.name': 'a name',
  'tenant_setting.value': 'one number or word',
  'chat_inbox.name': 'a name',
  'auth_team.name': 'a name of a group',
  'chat_business_hours.name': 'a name',
  'chat_business_hours.days': 'dates with their names, one a line',
  'chat_inbox.business_contact': 'where an organisation is reached',
  'chat_inbox.complaint_contact': 'where an organisation takes complaints',
  'chat_inbox.origins': 'addresses, one a line',
  'chat_label.name': 'a word of the workspace, about no person',
  'chat_canned_response.shortcut': 'a word',
  'chat_canned_response.title': 'a title',
  'chat_canned_response.text': 'a text of an organisation that goes out as a message',
  'privacy_register_version.note': 'why a tenant changed its instructions, about no person',
  'privacy_read_entry.basis_note': 'what the register says about the ground of a function, about no person',
  'event_journal.detail': 'JSON whose paths are declared for each kind of event as a store of its own',
};

/** Tables about persons that erasure does not reach by `subject_id`, with what reaches them. */
const REACHED_OTHERWISE: Readonly<Record<string, string>> = {
  privacy_data_subject: 'its own id is the subject; the row stays as the tombstone of the person',
  privacy_read_entry: 'its persons are rows of privacy_read_subject; with theirs goes the text of a reveal',
  privacy_approval: 'its persons are rows of privacy_approval_subject; with theirs goes the reason',
};

const OWNER_PREFIX: Readonly<Record<string, string>> = {
  'libs/tenancy': 'tenant',
  'libs/events': 'event',
  'libs/jobs': 'job',
};

/** `tenant_id` is there, never null, and first in every key. */
export function tenantFindings(tables: readonly RealTable[]): Finding[] {
  return tables
    .filter(({ table }) => !(table in NOBODYS))
    .flatMap(({ table, columns, primary, unique }) => {
      const tenant = columns.find(({ name }) => name === 'tenant_id');
      if (!tenant) return [{ place: table, problem: 'has no tenant_id and no reason' }];
      const found: Finding[] = tenant.nullable ? [{ place: `${table}.tenant_id`, problem: 'may be null' }] : [];
      for (const key of [primary, ...unique]) {
        const place = `${table}(${key.join(', ')})`;
        if (key[0] !== 'tenant_id' && !(place in FOREIGN_KEYS))
          found.push({ place, problem: 'is a key without the tenant first' });
      }
      return found;
    });
}

/** Every prefix may refer to these; anything else only inside its own prefix. */
const EVERYBODYS = new Set(['tenant_tenant', 'privacy_data_subject']);

/** Foreign keys start with the tenant, restrict, and stay inside a prefix. */
export function referenceFindings(tables: readonly RealTable[]): Finding[] {
  return tables.flatMap(({ table, references }) =>
    references.flatMap(({ columns, target, onDelete }) => {
      const place = `${table}(${columns.join(', ')})`;
      const found: Finding[] = [];
      if (columns[0] !== 'tenant_id') found.push({ place, problem: 'refers without the tenant first' });
      // MariaDB calls the same rule by either name.
      if (!['RESTRICT', 'NO ACTION'].includes(onDelete)) found.push({ place, problem: `does ${onDelete} on delete` });
      if (!EVERYBODYS.has(target) && target.split('_')[0] !== table.split('_')[0]) {
        found.push({ place, problem: `refers to ${target}, a table of another owner` });
      }
      return found;
    }),
  );
}

/** A case-insensitive collation merges two keys; what people write may have one. */
export function collationFindings(tables: readonly RealTable[]): Finding[] {
  return tables.flatMap(({ table, columns }) =>
    columns
      .filter(({ name, text, collation }) => text && collation !== 'ascii_bin' && !isWritten(table, name))
      .map(({ name, collation }) => ({
        place: `${table}.${name}`,
        problem: `is compared by ${collation}, not ascii_bin`,
      })),
  );
}

/** Text of more than a key is either JSON with a closed schema or named with a reason. */
export function jsonFindings(
  entities: readonly ProductEntity[],
  manifest: Manifest,
  tables: readonly RealTable[],
): Finding[] {
  const shaped = new Set(
    manifest.tables.flatMap(({ table, entries }) =>
      entries.filter(({ path }) => path !== null).map(({ column }) => `${table}.${column}`),
    ),
  );
  const known = new Set(entities.map(({ table }) => table));
  const free = tables
    .filter(({ table }) => known.has(table))
    .flatMap(({ table, columns }) =>
      columns.filter(({ text, collation }) => text && collation !== 'ascii_bin').map(({ name }) => `${table}.${name}`),
    );
  return free
    .filter((place) => !shaped.has(place) && !(place in WRITTEN_TEXT))
    .map((place) => ({ place, problem: 'is free text without a closed JSON schema or a reason' }));
}

function isWritten(table: string, column: string): boolean {
  return `${table}.${column}` in WRITTEN_TEXT || JSON_TEXT.has(`${table}.${column}`);
}

/** JSON with a closed schema; `jsonFindings` asks for the schema. */
const JSON_TEXT = new Set([
  'chat_inbox.look',
  'chat_notice.body',
  'chat_view.filter',
  'privacy_approval.changes',
  'privacy_approval.proposal',
  'privacy_register_version.document',
]);

/** Every table has the prefix of the project that owns its entity. */
export function ownerFindings(entities: readonly Pick<ProductEntity, 'table' | 'path'>[]): Finding[] {
  return entities
    .map(({ table, path }) => {
      const project = path.split('/').slice(0, 2).join('/');
      return { table, prefix: `${OWNER_PREFIX[project] ?? project.split('/')[1]}_` };
    })
    .filter(({ table, prefix }) => !table.startsWith(prefix))
    .map(({ table, prefix }) => ({ place: table, problem: `belongs to a project whose tables start with ${prefix}` }));
}

/** Everything about a person can be found by tenant and subject. */
export function erasureFindings(entities: readonly ProductEntity[], manifest: Manifest): Finding[] {
  return entities.flatMap((entity) => {
    const { table, columns } = entity;
    const entries = manifest.tables.find((entry) => entry.table === table)?.entries ?? [];
    const personal = entries.filter(({ declared }) => declared.personal);
    const found: Finding[] = [];
    const reachable = columns.tenantId === 'tenant_id' && columns.subjectId === 'subject_id';
    const concerned = personal.length > 0 || 'subjectId' in columns;
    if (concerned && !reachable && !(table in REACHED_OTHERWISE)) {
      found.push({ place: table, problem: 'is about persons and has no tenant_id and subject_id' });
    }
    for (const { column, declared } of personal) {
      if (declared.personal && !(declared.facets.subject in columns)) {
        found.push({
          place: `${table}.${column}`,
          problem: `names "${declared.facets.subject}", which is no property`,
        });
      }
    }
    return found;
  });
}

/** Entities describe exactly what the migrations made. */
export function driftFindings(entities: readonly ProductEntity[], tables: readonly RealTable[]): Finding[] {
  const found: Finding[] = [];
  const real = new Map(tables.map((table) => [table.table, table]));
  for (const { table } of tables) {
    if (!entities.some((entity) => entity.table === table)) found.push({ place: table, problem: 'has no entity' });
  }
  for (const { table, described } of entities) {
    const made = real.get(table);
    if (!made) {
      found.push({ place: table, problem: 'has an entity and no migration' });
      continue;
    }
    for (const name of new Set([
      ...described.map(({ column }) => column),
      ...made.columns.map((column) => column.name),
    ])) {
      const say = (problem: string) => found.push({ place: `${table}.${name}`, problem });
      const here = described.find(({ column }) => column === name);
      const there = made.columns.find((column) => column.name === name);
      if (!here) say('is in the database and in no entity');
      else if (!there) say('is in the entity and not in the database');
      else if (here.nullable !== there.nullable)
        say(`may be null ${here.nullable ? 'in the entity' : 'in the database'} only`);
      else if (here.primary !== made.primary.includes(name)) say('is part of the primary key on one side only');
    }
  }
  return found;
}

/** Kinds of events and places outside of tables that code uses and nobody declared; and declared ones nobody uses. */
export function storeFindings(
  used: { readonly events: readonly string[]; readonly sites: Readonly<Record<string, readonly string[]>> },
  stores: readonly StoreDeclaration[],
): Finding[] {
  const declared = new Set(stores.map(({ store, name }) => `${store} ${name}`));
  const wanted = new Set([...used.events.map((name) => `event ${name}`), ...Object.values(used.sites).flat()]);
  const missing = [...wanted].filter((name) => !declared.has(name));
  const idle = stores.filter(({ store, name }) => store === 'event' && !wanted.has(`event ${name}`));
  const open = stores.flatMap(({ store, name, fields }) =>
    Object.entries(fields)
      .filter(([, entry]) => entry.personal && entry.facets.store.as === 'plain' && store !== 'browser-storage')
      .map(([field]) => ({ place: `${store} ${name}`, problem: `holds ${field} as plain text` })),
  );
  return [
    ...missing.map((place) => ({ place, problem: 'is used and not declared' })),
    ...idle.map(({ store, name }) => ({ place: `${store} ${name}`, problem: 'is declared and never used' })),
    ...open,
  ];
}
