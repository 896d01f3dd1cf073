/** One list of statements per version; appended to, never changed. */
export const SQLITE_SCHEMA: readonly (readonly string[])[] = [
  [
    `CREATE TABLE keystore_kek_state (
      tenant_id TEXT NOT NULL PRIMARY KEY, current_version INTEGER NOT NULL, phase TEXT NOT NULL, since INTEGER NOT NULL
    ) WITHOUT ROWID`,
    `CREATE TABLE keystore_subject_key (
      tenant_id TEXT NOT NULL, subject_id TEXT NOT NULL, state TEXT NOT NULL, kek_version INTEGER NOT NULL,
      wrapped BLOB, created_at INTEGER NOT NULL, destroyed_at INTEGER, confirmed INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (tenant_id, subject_id), CHECK ((state = 'live') = (wrapped IS NOT NULL))
    ) WITHOUT ROWID`,
    'CREATE INDEX keystore_subject_unconfirmed ON keystore_subject_key (confirmed, state, created_at)',
    'CREATE INDEX keystore_subject_version ON keystore_subject_key (tenant_id, state, kek_version)',
    `CREATE TABLE keystore_group_key (
      tenant_id TEXT NOT NULL, subject_id TEXT NOT NULL, group_name TEXT NOT NULL, wrapped BLOB NOT NULL,
      created_at INTEGER NOT NULL, PRIMARY KEY (tenant_id, subject_id, group_name)
    ) WITHOUT ROWID`,
    `CREATE TABLE keystore_tenant_key (
      tenant_id TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL, kek_version INTEGER NOT NULL, wrapped BLOB,
      created_at INTEGER NOT NULL, destroyed_at INTEGER,
      PRIMARY KEY (tenant_id, name), CHECK ((state = 'live') = (wrapped IS NOT NULL))
    ) WITHOUT ROWID`,
  ],
];

/** The same tables; ids, names and codes in a collation that never merges two of them. */
export const MARIADB_SCHEMA: readonly (readonly string[])[] = [
  [
    `CREATE TABLE keystore_kek_state (
      tenant_id CHAR(36) NOT NULL PRIMARY KEY, current_version INT NOT NULL, phase VARCHAR(16) NOT NULL,
      since BIGINT NOT NULL
    ) ENGINE=InnoDB CHARACTER SET ascii COLLATE ascii_bin`,
    `CREATE TABLE keystore_subject_key (
      tenant_id CHAR(36) NOT NULL, subject_id CHAR(36) NOT NULL, state VARCHAR(16) NOT NULL, kek_version INT NOT NULL,
      wrapped VARBINARY(512), created_at BIGINT NOT NULL, destroyed_at BIGINT, confirmed TINYINT NOT NULL DEFAULT 0,
      PRIMARY KEY (tenant_id, subject_id), CHECK ((state = 'live') = (wrapped IS NOT NULL)),
      KEY keystore_subject_unconfirmed (confirmed, state, created_at),
      KEY keystore_subject_version (tenant_id, state, kek_version)
    ) ENGINE=InnoDB CHARACTER SET ascii COLLATE ascii_bin`,
    `CREATE TABLE keystore_group_key (
      tenant_id CHAR(36) NOT NULL, subject_id CHAR(36) NOT NULL, group_name VARCHAR(32) NOT NULL,
      wrapped VARBINARY(512) NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, subject_id, group_name)
    ) ENGINE=InnoDB CHARACTER SET ascii COLLATE ascii_bin`,
    `CREATE TABLE keystore_tenant_key (
      tenant_id CHAR(36) NOT NULL, name VARCHAR(100) NOT NULL, state VARCHAR(16) NOT NULL, kek_version INT NOT NULL,
      wrapped VARBINARY(512), created_at BIGINT NOT NULL, destroyed_at BIGINT,
      PRIMARY KEY (tenant_id, name), CHECK ((state = 'live') = (wrapped IS NOT NULL))
    ) ENGINE=InnoDB CHARACTER SET ascii COLLATE ascii_bin`,
  ],
];

/** Version that this program reads and writes. */
export const KEY_STORE_VERSION = SQLITE_SCHEMA.length;

/** Statements of the rotation and the sweep; they read alike in both dialects. */
export const STALE_SQL = {
  /** Not `<>` alone on destroyed rows: a tombstone has no bytes to rewrap. */
  rows: `SELECT 'subject' AS kind, subject_id AS id, kek_version, wrapped FROM keystore_subject_key
      WHERE tenant_id = ? AND state = 'live' AND kek_version <> ?
    UNION ALL SELECT 'tenant', name, kek_version, wrapped FROM keystore_tenant_key
      WHERE tenant_id = ? AND state = 'live' AND kek_version <> ? LIMIT ?`,
  replace: {
    subject:
      'UPDATE keystore_subject_key SET wrapped = ?, kek_version = ? ' +
      "WHERE tenant_id = ? AND subject_id = ? AND state = 'live' AND wrapped = ?",
    tenant:
      'UPDATE keystore_tenant_key SET wrapped = ?, kek_version = ? ' +
      "WHERE tenant_id = ? AND name = ? AND state = 'live' AND wrapped = ?",
  },
  toRotate: `SELECT k.tenant_id FROM keystore_kek_state k WHERE k.phase <> 'steady'
      OR EXISTS (SELECT 1 FROM keystore_subject_key s WHERE s.tenant_id = k.tenant_id AND s.destroyed_at >= k.since)
      OR EXISTS (SELECT 1 FROM keystore_tenant_key t WHERE t.tenant_id = k.tenant_id AND t.destroyed_at >= k.since)
    ORDER BY k.tenant_id`,
  unconfirmed: `SELECT tenant_id, subject_id FROM keystore_subject_key
    WHERE confirmed = 0 AND state = 'live' AND created_at < ? ORDER BY created_at LIMIT ?`,
} as const;

/** What is read back of a copy: how many rows, and some to open. */
export const COPY_SQL = {
  live: `SELECT (SELECT COUNT(*) FROM keystore_subject_key WHERE tenant_id = ? AND state = 'live')
    + (SELECT COUNT(*) FROM keystore_tenant_key WHERE tenant_id = ? AND state = 'live') AS n`,
  sample: `SELECT 'subject' AS kind, subject_id AS id, kek_version, wrapped FROM keystore_subject_key
      WHERE tenant_id = ? AND state = 'live'
    UNION ALL SELECT 'tenant', name, kek_version, wrapped FROM keystore_tenant_key
      WHERE tenant_id = ? AND state = 'live' LIMIT 100`,
} as const;
