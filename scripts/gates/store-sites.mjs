import ts from 'typescript';
import { isTest, lineOf, parse, walk } from './tree.mjs';

/** Files that put something outside of a table, with the declared stores (`kind name`) that it lies in. */
export const STORE_SITES = {
  'libs/platform/src/folders.ts': ['folder data/'],
  'libs/platform/src/backup/backup-set.ts': ['folder backup of data', 'folder backup of keys'],
  'libs/platform/src/backup/restore-home.ts': ['folder data/', 'folder keys/'],
  'libs/database/src/copy/maria-copy.ts': ['folder backup of data', 'folder backup of keys'],
  'libs/storage/src/folder-store.ts': ['bucket-prefix {tenant}/'],
  'libs/storage/src/s3-store.ts': ['bucket-prefix {tenant}/'],
  'libs/privacy/src/durable/durable-file.ts': ['folder keys/', 'folder ledger/'],
  'libs/privacy/src/destruction/file-destruction-ledger.ts': ['folder ledger/'],
  'libs/privacy/src/destruction/object-destruction-ledger.ts': ['bucket-prefix destructions/'],
  'libs/privacy/src/key-store/sqlite-key-store.ts': ['folder keys/'],
  'libs/privacy/src/key-store/key-store.copy.ts': ['folder keys/'],
  'libs/events/src/wake/redis-wake-up.ts': ['queue custodia:wake:{schema}'],
  'libs/logging/src/log.ts': ['log-stream standard output'],
  'libs/http/src/bootstrap.ts': ['log-stream standard error'],
  'apps/standalone/src/commands/commands.ts': ['log-stream answer of a command'],
  'apps/standalone/src/standalone.ts': ['log-stream demo announcement'],
  'apps/standalone/src/demo/bench.ts': ['folder bench.json'],
  'apps/widget/src/panel/visit-store.ts': ['browser-storage panel localStorage custodia:{inbox}'],
  'apps/widget/src/loader/launcher.ts': ['browser-storage host page localStorage custodia:{inbox}'],
  'apps/widget/src/loader/loader.ts': ['log-stream console of the host page'],
  'apps/console/src/list-filters/kept-choices.ts': ['browser-storage console sessionStorage custodia.lists'],
  'apps/console/src/device/preferences.ts': ['browser-storage console localStorage custodia.device'],
};

const WRITERS = new Set([
  'writeFile',
  'writeFileSync',
  'appendFile',
  'appendFileSync',
  'createWriteStream',
  'copyFile',
  'copyFileSync',
  'rename',
  'renameSync',
  'putObject',
  'fPutObject',
  'xadd',
  'publish',
]);
const BROWSER_STORES = new Set(['localStorage', 'sessionStorage', 'indexedDB', 'caches']);

/** Places that write outside of tables in a file that names no store for it. */
export function scanStoreSites(files, sites = STORE_SITES) {
  const problems = [];
  for (const file of files) {
    if (!/^(apps|libs)\/[^/]+\/src\//.test(file.path) || isTest(file.path) || file.path in sites) continue;
    walk(parse(file), (node) => {
      const what = writtenBy(node);
      if (what === undefined) return;
      const why = `${what} keeps data outside of tables: declare the store and name it in scripts/gates/store-sites.mjs.`;
      problems.push({ rule: 'undeclared-store', path: file.path, line: lineOf(node), why });
    });
  }
  return problems;
}

function writtenBy(node) {
  if (ts.isIdentifier(node) && BROWSER_STORES.has(node.text)) return node.text;
  if (ts.isImportDeclaration(node) && node.moduleSpecifier.text === 'pino') return 'pino';
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText();
    return ['document.cookie', 'process.stdout', 'process.stderr'].includes(text) || /^console\./.test(text)
      ? text
      : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
  return WRITERS.has(name) ? name : undefined;
}
