/**
 * Fills a stopped product's folder. Run with the loader that understands the sources (libs/privacy/src/testing), so that
 * keys, ciphertext and indexes are made by the product's own code; everything else is a copy of what the product wrote
 * about one person who came in by the front door. The measured tenant's rows are sealed one by one and open like any
 * other; those of the other tenants share one sealed body of the right size.
 *
 *     node --import file://…/typescript-loader.mjs fill.mjs <home> <messages>
 */
import { join } from 'node:path';
import { KeyedFieldCipher, KeyService, RootKeyFileKms, SqliteKeyStore } from '@libs/privacy';
import Database from 'libsql';
import { MeasuredTenant } from './measured-tenant.mjs';
import { OtherTenants } from './other-tenants.mjs';
import { EACH, shapeOf } from './shape.mjs';
import { readTemplate } from './template.mjs';

/** Fast, and of no worth if it is cut short: then the folder is thrown away. */
const BULK = ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -524288'];

/** Keys in memory grow old by this clock, so they do not. */
const startedAt = Date.now();
const stoppedClock = { now: () => startedAt };

async function fill(home, messages) {
  const shape = shapeOf(messages);
  const database = new Database(join(home, 'data', 'custodia.db'));
  for (const setting of BULK) database.pragma(setting);
  const keyStore = new SqliteKeyStore(join(home, 'keys', 'keystore.db'));
  await keyStore.open();
  const keys = new KeyService(
    new RootKeyFileKms(join(home, 'keys', 'root.key')),
    keyStore,
    stoppedClock,
    shape.conversations + 100,
  );
  const template = readTemplate(database);
  const parts = { database, template, shape, keys, cipher: new KeyedFieldCipher(keys) };
  const measured = new MeasuredTenant(parts);
  await measured.makeKeys();
  database.exec('BEGIN');
  await measured.addPeople();
  const others = new OtherTenants(parts);
  others.addPeople();
  // A real conversation's messages lie among everybody else's, not beside each other.
  for (let number = 1; number <= EACH; number++) {
    measured.addRound(number);
    others.addRound(number);
  }
  measured.supervise();
  database.exec('COMMIT');
  const [{ n }] = database.prepare('SELECT COUNT(*) AS n FROM chat_message').all([]);
  const orphans = database.prepare('PRAGMA foreign_key_check').all([]);
  database.pragma('journal_mode = WAL');
  database.close();
  await keyStore.close();
  keys.clear();
  if (n !== messages) throw new Error(`${n} messages were written, not ${messages}`);
  if (orphans.length > 0) throw new Error(`${orphans.length} rows refer to nothing: ${JSON.stringify(orphans[0])}`);
  return measured.facts();
}

const [, , home, messages] = process.argv;
process.stdout.write(JSON.stringify(await fill(home, Number(messages))));
