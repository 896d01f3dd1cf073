// Who may import whom, one row per project: what a row does not name is refused. `scripts/gates/imports.spec.mjs` plants
// a violation of every rule and expects it to be caught, so a new rule needs an example there.
const BACKEND = [
  'kernel',
  'privacy-core',
  'contracts',
  'config',
  'logging',
  'tenancy',
  'database',
  'storage',
  'events',
  'jobs',
  'audit',
  'auth',
  'privacy',
  'http',
  'outgoing',
  'service-clients',
];

const MAY_IMPORT = {
  'libs/kernel': [],
  'libs/privacy-core': ['kernel'],
  'libs/contracts': ['kernel'],
  'libs/config': ['kernel'],
  'libs/logging': ['kernel', 'config', 'privacy-core'],
  'libs/database': ['kernel', 'config', 'logging', 'privacy-core'],
  'libs/tenancy': ['kernel', 'database', 'privacy-core'],
  'libs/storage': ['kernel', 'config', 'tenancy', 'privacy-core'],
  'libs/events': ['kernel', 'contracts', 'config', 'logging', 'database', 'tenancy', 'privacy-core'],
  'libs/jobs': ['kernel', 'config', 'logging', 'database', 'tenancy', 'privacy-core'],
  'libs/audit': ['kernel', 'config', 'logging', 'database', 'tenancy', 'privacy-core'],
  'libs/privacy': [
    'kernel',
    'contracts',
    'config',
    'logging',
    'database',
    'tenancy',
    'privacy-core',
    'storage',
    'audit',
    'events',
    'jobs',
  ],
  // The door knows nobody's sessions: what authenticates is a port that auth fills, so http stands below auth.
  'libs/http': ['kernel', 'contracts', 'config', 'logging', 'tenancy', 'privacy-core'],
  // The only ways out: HTTP, text messages, mail. What leaves is written into the journal first.
  'libs/outgoing': ['kernel', 'config', 'database', 'privacy-core'],
  'libs/auth': [
    'outgoing',
    'kernel',
    'contracts',
    'config',
    'logging',
    'database',
    'tenancy',
    'privacy-core',
    'events',
    'audit',
    'privacy',
    'http',
  ],
  'libs/service-clients': ['kernel', 'contracts', 'config', 'tenancy'],
  // The composition root: it alone sees everything, and only what starts a process sees it.
  'libs/platform': BACKEND,
  'libs/api-client': ['contracts'],
  'apps/account': BACKEND,
  'apps/chat': BACKEND,
  'apps/ticket': BACKEND,
  'apps/crm': BACKEND,
  'apps/privacy': BACKEND,
  'apps/standalone': [...BACKEND, 'platform'],
  'apps/console': ['contracts', 'api-client'],
  'apps/widget': ['contracts'],
};

const SERVICES = 'account|chat|ticket|crm|privacy';
/** Tests and what only tests use. */
const TESTS = String.raw`(\.(spec|e2e-spec|medium-spec|fixture)\.tsx?$|^test/|/src/testing/|^libs/testing/)`;
/** Declarations of places outside of tables: read by the gates, bundled by nobody. */
const STORES = String.raw`\.stores\.ts$`;
/** Loads libsodium by name, for it has to be able not to. */
const LIBSODIUM = String.raw`^libs/privacy-core/src/crypto/chacha20-poly1305\.ts$`;
const npm = (...names) => names.map((name) => `node_modules/${name}/`);

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** The front door of another app, for the embedded default; and the root, for what starts a service. */
function moreOf(project) {
  if (project === 'apps/standalone') return [`^apps/(${SERVICES})/src/index\\.ts$`];
  return [];
}

const projectRules = Object.entries(MAY_IMPORT).flatMap(([project, allowed]) => {
  const libraries = allowed.map((name) => `^libs/${name}/`);
  const rule = error(
    `only-declared-edges:${project}`,
    `${project} may import ${allowed.join(', ') || 'nothing'}.`,
    { path: `^${project}/`, pathNot: [TESTS, STORES, `^apps/(${SERVICES})/src/main\\.ts$`] },
    { path: '^(apps|libs)/', pathNot: [`^${project}/`, ...libraries, ...moreOf(project)] },
  );
  return [rule];
});

module.exports = {
  forbidden: [
    ...projectRules,
    error(
      'every-project-has-a-row',
      'A new project starts with its row in MAY_IMPORT.',
      {
        path: '^(apps|libs)/',
        pathNot: [...Object.keys(MAY_IMPORT).map((project) => `^${project}/`), '^libs/testing/'],
      },
      { path: '.' },
    ),
    error(
      'main-starts-its-own-service',
      'main.ts hands its own modules to the composition root and knows nothing else.',
      { path: `^apps/(${SERVICES})/src/main\\.ts$` },
      { path: '^(apps|libs)/', pathNot: ['^libs/(platform|http)/', '^apps/$1/'] },
    ),
    error(
      'stores-are-declarations-only',
      'A .stores.ts file declares places; it needs privacy-core and its own project.',
      { path: STORES },
      { path: '.', pathNot: ['^libs/privacy-core/', STORES] },
    ),
    error(
      'no-circular',
      'A cycle is a missing third module.',
      {},
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only'] },
      },
    ),
    error(
      'no-unresolvable',
      'Also closes @libs/x/inside: the alias maps only to the front door.',
      {},
      {
        couldNotResolve: true,
      },
    ),
    error(
      'libs-through-the-front-door',
      'Import @libs/x, never a file inside it.',
      { path: '^(apps|libs)/([^/]+)/', pathNot: TESTS },
      { path: '^libs/[^/]+/src/(?!index\\.ts$)', pathNot: '^$1/$2/' },
    ),
    error(
      'privacy-core-is-pure',
      'The rules of privacy know no framework, no table, no socket.',
      { path: '^libs/privacy-core/', pathNot: [TESTS, LIBSODIUM] },
      // Bytes are a global anyway; importing their class spares a getter for each use.
      { path: '.', pathNot: ['^libs/privacy-core/', '^libs/kernel/', '^(node:)?(crypto|buffer)$'] },
    ),
    error(
      'privacy-core-is-pure:libsodium',
      'One file asks for a package that not every machine can load, and for nothing else.',
      { path: LIBSODIUM },
      { path: '.', pathNot: ['^libs/privacy-core/', '^libs/kernel/', '^(node:)?(crypto|buffer|module)$'] },
    ),
    error(
      'kernel-stands-alone',
      'Everything imports the kernel, so it imports nothing but randomness.',
      { path: '^libs/kernel/', pathNot: TESTS },
      { path: '.', pathNot: ['^libs/kernel/', '^(node:)?crypto$'] },
    ),
    error(
      'typeorm-stays-in-persistence',
      'Entities and migrations describe tables; every other row is read by SQL that the query gate can parse.',
      {
        path: '^(apps|libs)/',
        pathNot: [TESTS, '^libs/database/', '\\.entity\\.ts$', '/migrations/', '-tables\\.ts$'],
      },
      { path: npm('(@nestjs/)?typeorm') },
    ),
    error(
      'drivers-stay-home',
      'A second connection would be out of sight of committer and query gate. The key store has its own credentials; ' +
        'libs/platform holds the lock of the data folder.',
      {
        path: '^(apps|libs)/',
        pathNot: [
          TESTS,
          '^libs/database/',
          '^libs/privacy/src/(key-store|durable)/',
          '^libs/platform/src/folders\\.ts$',
        ],
      },
      { path: npm('libsql', 'mysql2', 'better-sqlite3') },
    ),
    error(
      'crypto-stays-home',
      'Ciphers, hashes and keys live in few places.',
      {
        path: '^(apps|libs)/',
        pathNot: [
          TESTS,
          '^libs/privacy-core/',
          '^libs/auth/',
          '^libs/storage/',
          '^libs/kernel/src/id\\.ts$',
          // The protocol of the provider asks for it.
          '^libs/outgoing/src/sms/acs3-signature\\.ts$',
        ],
      },
      { path: ['^(node:)?crypto$', ...npm('@node-rs/argon2'), ...npm('sodium-native')] },
    ),
    error(
      'mail-stays-home',
      'Letters leave by libs/outgoing, which checks addresses and writes down what leaves.',
      { path: '^(apps|libs)/', pathNot: [TESTS, '^libs/outgoing/'] },
      { path: npm('nodemailer') },
    ),
    error(
      'minio-stays-home',
      'Objects are sealed by libs/storage; the ledger of destructions has a bucket of its own.',
      { path: '^(apps|libs)/', pathNot: [TESTS, '^libs/storage/', '^libs/privacy/src/destruction/'] },
      { path: npm('minio') },
    ),
    error(
      'redis-stays-home',
      'Redis only wakes sleepers: nothing personal may reach it, so few may.',
      { path: '^(apps|libs)/', pathNot: [TESTS, '^libs/events/', '^libs/platform/'] },
      { path: npm('ioredis') },
    ),
    error(
      'no-outbound-calls',
      'Outgoing calls go through one guarded client; the KMS is the only other place that is called.',
      {
        path: '^(apps|libs)/',
        pathNot: [TESTS, '^libs/service-clients/', '^libs/privacy/src/kms/', '^libs/outgoing/src/http/'],
      },
      { path: ['^(node:)?(https|http2|tls|dgram)$', ...npm('undici', 'axios', 'node-fetch')] },
    ),
    error(
      'libs-open-no-routes',
      'Controllers and gateways belong to apps. Health belongs to the door itself.',
      {
        path: '^libs/',
        pathNot: TESTS,
      },
      { path: '^libs/.*\\.(controller|gateway)\\.ts$', pathNot: ['^libs/http/src/health\\.controller\\.ts$', TESTS] },
    ),
    error(
      'production-never-imports-tests',
      'What only tests use is not shipped.',
      { path: '^(apps|libs)/', pathNot: TESTS },
      { path: TESTS },
    ),
    error(
      'widget-stays-tiny',
      'The widget ships two packages: preact and the socket client.',
      { path: '^apps/widget/src/', pathNot: TESTS },
      { path: 'node_modules/', pathNot: npm('preact', 'socket.io-client') },
    ),
    error(
      'browser-knows-no-node',
      'Widget, console and their client run in a browser.',
      { path: '^(apps/(widget|console)/src|libs/api-client)/', pathNot: TESTS },
      { dependencyTypes: ['core'] },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
    },
  },
};
