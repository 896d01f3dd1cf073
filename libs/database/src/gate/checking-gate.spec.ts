import { describe, expect, it } from 'vitest';
import type { Dialect, SqlValue } from '../sql.js';
import { checkingGate } from './checking-gate.js';
import {
  CROSS_TENANT,
  DUE_REPLIES,
  DUE_SNOOZES,
  HIGHEST_POSITION,
  inboxByPublicKey,
  journalPage,
  MEMBERS_OF_LOGIN,
  placeJournal,
  RECENT_INVALIDATIONS,
  UNSEQUENCED_JOURNAL,
} from './cross-tenant.js';
import { noTenant, tenantsScope } from './gate.js';

const A = 'tenant-a';
const B = 'tenant-b';
const onlyA = tenantsScope(new Set([A]));
const DIALECTS: readonly Dialect[] = ['sqlite', 'mariadb'];

/** As many A's as the text has placeholders: what fails with them fails whatever is bound. */
function allA(sql: string): SqlValue[] {
  return Array.from({ length: sql.split('?').length - 1 }, () => A);
}

const BAD: readonly (readonly [string, string])[] = [
  ['no predicate', 'SELECT id FROM chat_message'],
  ['other predicate', 'SELECT id FROM chat_message WHERE id = ?'],
  ['under OR', 'SELECT id FROM chat_message WHERE tenant_id = ? OR id = ?'],
  ['OR behind AND', 'SELECT id FROM chat_message WHERE tenant_id = ? AND id = ? OR seq > ?'],
  ['AND behind OR', 'SELECT id FROM chat_message WHERE id = ? OR seq > ? AND tenant_id = ?'],
  ['under NOT', 'SELECT id FROM chat_message WHERE NOT tenant_id = ?'],
  ['unequal', 'SELECT id FROM chat_message WHERE tenant_id <> ?'],
  ['greater or equal', 'SELECT id FROM chat_message WHERE tenant_id >= ?'],
  ['IN instead of =', 'SELECT id FROM chat_message WHERE tenant_id IN (?)'],
  ['LIKE instead of =', 'SELECT id FROM chat_message WHERE tenant_id LIKE ?'],
  ['literal', "SELECT id FROM chat_message WHERE tenant_id = 'tenant-a'"],
  ['column against itself', 'SELECT id FROM chat_message WHERE tenant_id = tenant_id'],
  ['expression', 'SELECT id FROM chat_message WHERE tenant_id = ? + 0'],
  ['function', 'SELECT id FROM chat_message WHERE lower(tenant_id) = ?'],
  ['compared again', 'SELECT id FROM chat_message WHERE tenant_id = ? = 0'],
  ['compared by size', 'SELECT id FROM chat_message WHERE tenant_id = ? < 5'],
  ['asked for null', 'SELECT id FROM chat_message WHERE tenant_id = ? IS NULL'],
  ['asked for null, short', 'SELECT id FROM chat_message WHERE tenant_id = ? ISNULL'],
  ['asked for a list', 'SELECT id FROM chat_message WHERE tenant_id = ? IN (0, 1)'],
  ['asked for likeness', 'SELECT id FROM chat_message WHERE tenant_id = ? LIKE ?'],
  ['case', 'SELECT id FROM chat_message WHERE CASE WHEN tenant_id = ? THEN 1 ELSE 1 END'],
  ['BETWEEN swallows it', 'SELECT id FROM chat_message WHERE seq BETWEEN 0 AND (tenant_id = ?)'],
  ['XOR', 'SELECT id FROM chat_message WHERE 1 XOR 2 AND tenant_id = ?'],
  ['bars', 'SELECT id FROM chat_message WHERE tenant_id = ? || 1'],
  ['collation', 'SELECT id FROM chat_message WHERE tenant_id = ? COLLATE nocase'],
  ['only in HAVING', 'SELECT tenant_id FROM chat_message GROUP BY tenant_id HAVING tenant_id = ?'],
  ['only in a subselect', 'SELECT id FROM chat_message WHERE id IN (SELECT id FROM chat_change WHERE tenant_id = ?)'],
  ['not in the subselect', 'SELECT id FROM chat_message WHERE tenant_id = ? AND id IN (SELECT id FROM chat_change)'],
  ['EXISTS of another', 'SELECT 1 FROM chat_message m WHERE m.tenant_id = ? AND EXISTS (SELECT 1 FROM chat_change c)'],
  ['in the list of columns', 'SELECT (SELECT MAX(seq) FROM chat_change) FROM chat_message WHERE tenant_id = ?'],
  ['in ORDER BY', 'SELECT id FROM chat_message WHERE tenant_id = ? ORDER BY (SELECT MAX(seq) FROM chat_change)'],
  ['in HAVING', 'SELECT id FROM chat_message WHERE tenant_id = ? HAVING 1 IN (SELECT seq FROM chat_change)'],
  ['in FROM', 'SELECT id FROM (SELECT id, tenant_id FROM chat_message) d WHERE d.tenant_id = ?'],
  ['UNION', 'SELECT id FROM chat_message WHERE tenant_id = ? UNION SELECT id FROM chat_change'],
  ['UNION ALL, first part', 'SELECT id FROM chat_message UNION ALL SELECT id FROM chat_change WHERE tenant_id = ?'],
  ['UNION in parentheses', '(SELECT id FROM chat_message WHERE tenant_id = ?) UNION (SELECT id FROM chat_change)'],
  [
    'UNION in a subselect',
    'SELECT 1 FROM chat_change WHERE tenant_id = ? AND id IN (SELECT id FROM chat_change WHERE tenant_id = ? UNION SELECT id FROM chat_message)',
  ],
  ['alias of another table', 'SELECT m.id FROM chat_message m, chat_change c WHERE c.tenant_id = ?'],
  ['same table twice', 'SELECT a.id FROM chat_message a, chat_message b WHERE a.tenant_id = ?'],
  ['alias that does not exist', 'SELECT id FROM chat_message m WHERE n.tenant_id = ?'],
  ['one alias twice', 'SELECT 1 FROM chat_message m, chat_change m WHERE m.tenant_id = ?'],
  ['unqualified in a join', 'SELECT 1 FROM chat_message m JOIN chat_change c ON m.id = c.id WHERE tenant_id = ?'],
  ['joined by id', 'SELECT 1 FROM chat_message m JOIN chat_change c ON c.id = m.id WHERE m.tenant_id = ?'],
  ['ON of a left join', 'SELECT 1 FROM chat_message m LEFT JOIN chat_change c ON m.tenant_id = ? AND c.tenant_id = ?'],
  [
    'left join the wrong way',
    'SELECT 1 FROM chat_message m LEFT JOIN chat_change c ON c.tenant_id = ? AND m.tenant_id = c.tenant_id',
  ],
  [
    'right join',
    'SELECT 1 FROM chat_message m RIGHT JOIN chat_change c ON c.tenant_id = m.tenant_id WHERE m.tenant_id = ?',
  ],
  ['natural join', 'SELECT 1 FROM chat_message m NATURAL JOIN chat_change c WHERE m.tenant_id = ?'],
  ['USING', 'SELECT 1 FROM chat_message m JOIN chat_change c USING (id) WHERE m.tenant_id = ?'],
  ['shadowed alias', 'SELECT 1 FROM chat_message m WHERE m.tenant_id = ? AND EXISTS (SELECT 1 FROM chat_change m)'],
  ['renamed column', 'SELECT 1 FROM (SELECT ? AS tenant_id) d, chat_message m WHERE d.tenant_id = ?'],
  ['table without tenant in front', 'SELECT 1 FROM event_cursor c, chat_message m WHERE c.tenant_id = ?'],
  ['comment', 'SELECT id FROM chat_message WHERE id = ? -- AND tenant_id = ?'],
  ['comment block', 'SELECT id FROM chat_message WHERE id = ? /* AND tenant_id = ? */'],
  ['comment that runs', 'SELECT id FROM chat_message WHERE tenant_id = ? /*! OR 1 */'],
  ['hash comment', 'SELECT id FROM chat_message WHERE id = ? # AND tenant_id = ?'],
  ['in a string', "SELECT id FROM chat_message WHERE id = ' AND tenant_id = ? '"],
  ['escaped string', "SELECT id FROM chat_message WHERE id = '\\' AND tenant_id = ? AND id = ' OR 1'"],
  ['double quotes', 'SELECT id FROM chat_message WHERE "tenant_id" = ?'],
  ['two statements', 'SELECT id FROM chat_message WHERE tenant_id = ?; DELETE FROM chat_message'],
  ['WITH', 'WITH c AS (SELECT * FROM chat_message) SELECT * FROM c WHERE tenant_id = ?'],
  ['other schema', 'SELECT id FROM other.chat_message WHERE tenant_id = ?'],
  ['schema trick', 'SELECT id FROM main.event_cursor WHERE consumer = ?'],
  ['INTO', "SELECT id INTO OUTFILE 'x' FROM chat_message WHERE tenant_id = ?"],
  ['UPDATE without where', 'UPDATE chat_conversation SET state = ?'],
  ['UPDATE by id', 'UPDATE chat_conversation SET state = ? WHERE id = ?'],
  ['UPDATE of the tenant', 'UPDATE chat_conversation SET tenant_id = ? WHERE tenant_id = ?'],
  ['UPDATE with subselect', 'UPDATE chat_conversation SET state = (SELECT state FROM chat_change) WHERE tenant_id = ?'],
  ['UPDATE of two', 'UPDATE chat_message m JOIN chat_change c ON 1 = 1 SET m.seq = 1 WHERE m.tenant_id = ?'],
  ['DELETE without where', 'DELETE FROM chat_message'],
  ['DELETE by id', 'DELETE FROM chat_message WHERE id = ?'],
  ['DELETE under OR', 'DELETE FROM chat_message WHERE tenant_id = ? OR 1 = 1'],
  ['DELETE with join', 'DELETE m FROM chat_message m JOIN chat_change c ON m.id = c.id WHERE m.tenant_id = ?'],
  [
    'INSERT from SELECT',
    'INSERT INTO chat_message (tenant_id, id) SELECT tenant_id, id FROM chat_change WHERE tenant_id = ?',
  ],
  ['INSERT from SELECT of values', 'INSERT INTO chat_message (tenant_id, id) SELECT ?, ?'],
  ['INSERT without columns', 'INSERT INTO chat_message VALUES (?, ?)'],
  ['INSERT, tenant second', 'INSERT INTO chat_message (id, tenant_id) VALUES (?, ?)'],
  ['INSERT, literal tenant', "INSERT INTO chat_message (tenant_id, id) VALUES ('tenant-a', ?)"],
  ['INSERT, literal in the second row', "INSERT INTO chat_message (tenant_id, id) VALUES (?, ?), ('tenant-b', ?)"],
  [
    'INSERT with subselect',
    'INSERT INTO chat_message (tenant_id, seq) VALUES (?, (SELECT MAX(seq) FROM chat_message))',
  ],
  ['INSERT by SET', 'INSERT INTO chat_message SET tenant_id = ?'],
  [
    'upsert of the tenant',
    'INSERT INTO chat_message (tenant_id, id) VALUES (?, ?) ON DUPLICATE KEY UPDATE tenant_id = ?',
  ],
  ['REPLACE', 'REPLACE INTO chat_message (tenant_id, id) VALUES (?, ?)'],
  ['INSERT OR REPLACE', 'INSERT OR REPLACE INTO chat_message (tenant_id, id) VALUES (?, ?)'],
  ['DDL', 'DROP TABLE chat_message'],
  ['TRUNCATE', 'TRUNCATE TABLE chat_message'],
  ['nonsense', 'SELEC id FROM chat_message WHERE tenant_id = ?'],
];

const GOOD: readonly (readonly [string, string])[] = [
  ['plain', 'SELECT id FROM chat_message WHERE tenant_id = ? AND conversation_id = ? ORDER BY seq DESC LIMIT 1'],
  ['the other way round', 'SELECT id FROM chat_message WHERE ? = tenant_id'],
  ['in parentheses', 'SELECT id FROM chat_message WHERE (tenant_id = ? AND seq > ?) AND id IN (?, ?)'],
  ['OR beside', 'SELECT id FROM chat_message WHERE tenant_id = ? AND (at < ? OR (at = ? AND id < ?)) LIMIT ?'],
  ['alias', 'SELECT m.id FROM chat_message AS m WHERE m.tenant_id = ?'],
  ['quoted names', 'SELECT `id` FROM `chat_message` WHERE `tenant_id` = ?'],
  [
    'join',
    'SELECT 1 FROM chat_message m JOIN chat_change c ON c.tenant_id = m.tenant_id AND c.id = m.id WHERE m.tenant_id = ?',
  ],
  [
    'left join',
    'SELECT 1 FROM chat_message m LEFT JOIN chat_change c ON m.tenant_id = c.tenant_id WHERE m.tenant_id = ?',
  ],
  [
    'chain of joins',
    'SELECT 1 FROM a_a a JOIN b_b b ON b.tenant_id = a.tenant_id JOIN c_c c ON c.tenant_id = b.tenant_id WHERE c.tenant_id = ?',
  ],
  ['comma', 'SELECT 1 FROM chat_message m, chat_change c WHERE m.tenant_id = ? AND c.tenant_id = ?'],
  [
    'subselect',
    'SELECT id FROM chat_message WHERE tenant_id = ? AND id IN (SELECT id FROM chat_change WHERE tenant_id = ?)',
  ],
  [
    'correlated',
    'SELECT 1 FROM chat_message m WHERE m.tenant_id = ? AND NOT EXISTS (SELECT 1 FROM chat_change c WHERE c.tenant_id = m.tenant_id)',
  ],
  ['derived table', 'SELECT d.id FROM (SELECT id FROM chat_message WHERE tenant_id = ?) d WHERE d.id > ?'],
  ['UNION', 'SELECT id FROM chat_message WHERE tenant_id = ? UNION ALL SELECT id FROM chat_change WHERE tenant_id = ?'],
  ['aggregate', 'SELECT kind, COUNT(*) AS n, MAX(seq) AS last FROM chat_change WHERE tenant_id = ? GROUP BY kind'],
  ['string with a mark', "SELECT id FROM chat_message WHERE state = 'what? it''s' AND tenant_id = ?"],
  ['update', 'UPDATE chat_conversation SET state = ?, at = at + 1 WHERE tenant_id = ? AND id = ?'],
  ['update by case', 'UPDATE chat_conversation SET at = CASE id WHEN ? THEN ? ELSE at END WHERE tenant_id = ?'],
  ['delete', 'DELETE FROM chat_visitor_token WHERE tenant_id = ? AND expires_at < ?'],
  ['insert', 'INSERT INTO chat_message (tenant_id, id) VALUES (?, ?), (?, ?)'],
  ['no table', 'SELECT 1 AS one'],
  ['table of nobody', 'SELECT position FROM event_cursor WHERE consumer = ?'],
  ['insert for nobody', 'INSERT INTO event_cursor (consumer, position) VALUES (?, ?)'],
  ['the list of tenants', 'SELECT id, slug FROM tenant_tenant'],
];

const ONLY: Readonly<Record<Dialect, { readonly good: readonly string[]; readonly bad: readonly string[] }>> = {
  sqlite: {
    good: [
      'INSERT INTO chat_participant (tenant_id, id, n) VALUES (?, ?, ?) ON CONFLICT (tenant_id, id) DO UPDATE SET n = excluded.n',
      'INSERT INTO chat_participant (tenant_id, id) VALUES (?, ?) ON CONFLICT (tenant_id, id) DO NOTHING',
      'INSERT OR IGNORE INTO chat_participant (tenant_id, id) VALUES (?, ?)',
      "SELECT name FROM sqlite_master WHERE type = 'table'",
    ],
    bad: [
      'INSERT INTO chat_participant (tenant_id, id) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET id = excluded.id',
      'INSERT INTO chat_participant (tenant_id, id) VALUES (?, ?) ON CONFLICT (tenant_id, id) DO UPDATE SET tenant_id = excluded.tenant_id',
      'INSERT INTO chat_participant (id) VALUES (?) ON CONFLICT (tenant_id) DO NOTHING',
    ],
  },
  mariadb: {
    good: [
      'SELECT id FROM chat_conversation WHERE tenant_id = ? AND id IN (?, ?) ORDER BY id FOR UPDATE',
      'SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id IN (?) ORDER BY id LOCK IN SHARE MODE',
      'SELECT id FROM job_job WHERE tenant_id = ? LIMIT 5 FOR UPDATE SKIP LOCKED',
      'INSERT INTO chat_participant (tenant_id, id) VALUES (?, ?) ON DUPLICATE KEY UPDATE id = VALUES(id)',
      'SELECT table_name FROM information_schema.tables WHERE table_schema = ?',
    ],
    bad: ['SELECT id FROM (chat_message) WHERE id = ?', 'SELECT @a := id FROM chat_message WHERE tenant_id = ?'],
  },
};

describe.each(DIALECTS)('query gate, %s', (dialect) => {
  const gate = checkingGate(dialect);

  it.each(BAD)('P-0211 refuses: %s', (_what, sql) => {
    for (const _again of [1, 2]) expect(() => gate.check(sql, allA(sql), onlyA)).toThrow(/Wall|cannot read/);
  });

  it.each(GOOD)('lets pass: %s', (_what, sql) => {
    gate.check(sql, allA(sql), onlyA);
  });

  it.each(ONLY[dialect].good)('lets pass in this dialect: %s', (sql) => gate.check(sql, allA(sql), onlyA));

  it.each(ONLY[dialect].bad)('refuses in this dialect: %s', (sql) => {
    expect(() => gate.check(sql, allA(sql), onlyA)).toThrow(/Wall|cannot read/);
  });

  it('P-0211 refuses the value of another tenant, wherever it stands, also when the text is known', () => {
    const sql = 'SELECT id FROM chat_message WHERE id = ? AND tenant_id = ?';
    gate.check(sql, [B, A], onlyA);
    for (const wrong of [[A, B], [A, null], [A, 7], [A]]) {
      expect(() => gate.check(sql, wrong, onlyA)).toThrow(expect.objectContaining({ code: 'database.gate' }));
    }
    const two = 'INSERT INTO chat_message (tenant_id, id) VALUES (?, ?), (?, ?)';
    expect(() => gate.check(two, [A, 'x', B, 'y'], onlyA)).toThrow(expect.objectContaining({ code: 'database.gate' }));
    const union = 'SELECT 1 FROM a_a WHERE tenant_id = ? UNION SELECT 1 FROM b_b WHERE tenant_id = ?';
    expect(() => gate.check(union, [A, B], onlyA)).toThrow(expect.objectContaining({ code: 'database.gate' }));
    const string = "SELECT '?' FROM chat_message WHERE tenant_id = ?";
    expect(() => gate.check(string, [B], onlyA)).toThrow(expect.objectContaining({ code: 'database.gate' }));
    gate.check(string, [A], onlyA);
  });

  it('says apart what breaks the wall and what it cannot read', () => {
    const code = (text: string) => expect.objectContaining({ code: text });
    expect(() => gate.check('DELETE FROM chat_message', [], onlyA)).toThrow(code('database.gate'));
    expect(() => gate.check('PRAGMA table_info(x)', [], onlyA)).toThrow(code('database.gate-unreadable'));
  });

  it('checks appended rows', () => {
    gate.checkRows(
      'chat_message',
      ['tenant_id', 'id'],
      [
        [A, 'x'],
        [A, 'y'],
      ],
      onlyA,
    );
    gate.checkRows('event_cursor', ['consumer'], [['x']], noTenant);
    const bad = (table: string, columns: string[], rows: SqlValue[][]) =>
      expect(() => gate.checkRows(table, columns, rows, onlyA)).toThrow(/Wall|tenant_id|name of a table/);
    bad(
      'chat_message',
      ['tenant_id', 'id'],
      [
        [A, 'x'],
        [B, 'y'],
      ],
    );
    bad('chat_message', ['id', 'tenant_id'], [[A, A]]);
    bad('chat_message', ['tenant_id'], [[null]]);
    bad('event_cursor, chat_message', ['tenant_id'], [[B]]);
  });

  it('lets the named statements pass, and not their neighbours', () => {
    const named = [
      UNSEQUENCED_JOURNAL,
      HIGHEST_POSITION,
      RECENT_INVALIDATIONS,
      inboxByPublicKey,
      MEMBERS_OF_LOGIN,
      DUE_SNOOZES,
      DUE_REPLIES,
    ];
    for (const sql of [
      ...named,
      journalPage(dialect, 1),
      journalPage(dialect, 3),
      placeJournal(1),
      placeJournal(1000),
    ]) {
      gate.check(sql, [], noTenant);
      for (const twisted of [`${sql} OR 1 = 1`, `${sql}; SELECT 1`, `x ${sql}`]) {
        expect(() => gate.check(twisted, [], noTenant)).toThrow(/Wall|cannot read/);
      }
    }
    for (const { name, reason } of CROSS_TENANT) expect(`${name}: ${reason}`.length).toBeGreaterThan(30);
    expect(new Set(CROSS_TENANT.map(({ name }) => name)).size).toBe(CROSS_TENANT.length);
  });
});
