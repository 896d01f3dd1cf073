import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkImports } from './imports.mjs';

/** One file that breaks the rule, per rule; `also` are the files it needs. */
const PLANTED = [
  ['only-declared-edges:libs/kernel', 'libs/kernel/src/a.ts', "import '@libs/contracts';"],
  ['only-declared-edges:libs/privacy-core', 'libs/privacy-core/src/a.ts', "import '@libs/database';"],
  ['only-declared-edges:libs/contracts', 'libs/contracts/src/a.ts', "import '@libs/config';"],
  ['only-declared-edges:libs/config', 'libs/config/src/a.ts', "import '@libs/logging';"],
  ['only-declared-edges:libs/logging', 'libs/logging/src/a.ts', "import '@libs/database';"],
  ['only-declared-edges:libs/database', 'libs/database/src/a.ts', "import '@libs/tenancy';"],
  ['only-declared-edges:libs/tenancy', 'libs/tenancy/src/a.ts', "import '@libs/auth';"],
  ['only-declared-edges:libs/storage', 'libs/storage/src/a.ts', "import '@libs/privacy';"],
  ['only-declared-edges:libs/events', 'libs/events/src/a.ts', "import '@libs/privacy';"],
  ['only-declared-edges:libs/jobs', 'libs/jobs/src/a.ts', "import '@libs/http';"],
  ['only-declared-edges:libs/audit', 'libs/audit/src/a.ts', "import '@libs/privacy';"],
  ['only-declared-edges:libs/privacy', 'libs/privacy/src/a.ts', "import '@libs/auth';"],
  ['only-declared-edges:libs/http', 'libs/http/src/a.ts', "import '@libs/auth';"],
  ['only-declared-edges:libs/auth', 'libs/auth/src/a.ts', "import '@libs/storage';"],
  ['only-declared-edges:libs/service-clients', 'libs/service-clients/src/a.ts', "import '@libs/database';"],
  ['only-declared-edges:libs/platform', 'libs/platform/src/a.ts', "import '../../../apps/chat/src/index.js';"],
  ['only-declared-edges:libs/api-client', 'libs/api-client/src/a.ts', "import '@libs/kernel';"],
  ['only-declared-edges:apps/account', 'apps/account/src/a.ts', "import '../../chat/src/index.js';"],
  ['only-declared-edges:apps/chat', 'apps/chat/src/a.ts', "import '@libs/platform';"],
  ['only-declared-edges:apps/ticket', 'apps/ticket/src/a.ts', "import '../../crm/src/index.js';"],
  ['only-declared-edges:apps/crm', 'apps/crm/src/a.ts', "import '@libs/testing';"],
  ['only-declared-edges:apps/privacy', 'apps/privacy/src/a.ts', "import type { x } from '../../chat/src/index.js';"],
  ['only-declared-edges:apps/standalone', 'apps/standalone/src/a.ts', "import '../../chat/src/inside.js';"],
  ['only-declared-edges:apps/console', 'apps/console/src/a.ts', "import '@libs/kernel';"],
  ['only-declared-edges:apps/widget', 'apps/widget/src/a.ts', "import '@libs/privacy-core';"],
  ['every-project-has-a-row', 'libs/newcomer/src/index.ts', "import '@libs/kernel';"],
  ['main-starts-its-own-service', 'apps/crm/src/main.ts', "import '@libs/database';"],
  ['stores-are-declarations-only', 'libs/audit/src/x.stores.ts', "import '@libs/database';"],
  ['no-circular', 'libs/events/src/one.ts', "import './two.js';", { 'libs/events/src/two.ts': "import './one.js';" }],
  ['no-unresolvable', 'libs/events/src/b.ts', "import '@libs/kernel/clock';"],
  ['libs-through-the-front-door', 'libs/events/src/c.ts', "import '../../kernel/src/clock.js';"],
  ['privacy-core-is-pure', 'libs/privacy-core/src/b.ts', "import 'node:module';"],
  ['privacy-core-is-pure:libsodium', 'libs/privacy-core/src/crypto/chacha20-poly1305.ts', "import 'node:fs';"],
  ['kernel-stands-alone', 'libs/kernel/src/b.ts', "import 'node:fs';"],
  ['typeorm-stays-in-persistence', 'apps/chat/src/list.service.ts', "import 'typeorm';"],
  ['drivers-stay-home', 'apps/chat/src/list.repository.ts', "import 'libsql';"],
  ['crypto-stays-home', 'apps/chat/src/hash.ts', "import 'node:crypto';"],
  ['crypto-stays-home', 'apps/chat/src/seal.ts', "import 'sodium-native';"],
  ['minio-stays-home', 'apps/chat/src/media.ts', "import 'minio';"],
  ['mail-stays-home', 'apps/chat/src/letter.ts', "import 'nodemailer';"],
  ['redis-stays-home', 'apps/chat/src/wake.ts', "import 'ioredis';"],
  ['only-declared-edges:libs/outgoing', 'libs/outgoing/src/a.ts', "import '@libs/auth';"],
  ['no-outbound-calls', 'apps/crm/src/call.ts', "import 'node:https';"],
  [
    'libs-open-no-routes',
    'libs/audit/src/b.ts',
    "import './log.controller.js';",
    { 'libs/audit/src/log.controller.ts': '' },
  ],
  [
    'production-never-imports-tests',
    'apps/chat/src/b.ts',
    "import './b.fixture.js';",
    { 'apps/chat/src/b.fixture.ts': '' },
  ],
  ['widget-stays-tiny', 'apps/widget/src/b.ts', "import 'typeorm';"],
  ['browser-knows-no-node', 'apps/console/src/b.ts', "import 'node:fs';"],
];

/** Edges that look alike and are allowed; each would be a false alarm. */
const ALLOWED = {
  'apps/standalone/src/fine.ts': "import '@libs/platform';\nimport '../../chat/src/index.js';",
  'apps/chat/src/main.ts': "import '@libs/platform';\nimport '@libs/http';\nimport './index.js';",
  'apps/chat/src/fine.entity.ts': "import 'typeorm';\nimport '@libs/database';",
  'apps/chat/src/fine.spec.ts': "import '@libs/testing';\nimport 'node:crypto';",
  'apps/widget/src/fine.ts': "import { x } from '@libs/contracts';\nimport 'preact';",
  'libs/auth/src/fine.ts': "import 'node:crypto';\nimport '@libs/http';\nimport '@libs/privacy';",
  'libs/privacy-core/src/fine.ts': "import 'node:crypto';\nimport '@libs/kernel';",
  'libs/storage/src/fine.ts': "import 'minio';",
  'libs/outgoing/src/http/fine.ts': "import 'node:https';\nimport 'nodemailer';",
  'libs/events/src/fine.ts': "import type { y } from './fine-too.js';\nexport const x = 1;",
  'libs/events/src/fine-too.ts': "import type { x } from './fine.js';\nexport const y = 2;",
  'libs/tenancy/src/fine.stores.ts': "import '@libs/privacy-core';",
};

const LIBRARIES =
  'kernel privacy-core contracts config logging database tenancy storage events jobs audit privacy http outgoing auth service-clients platform api-client testing';
const PACKAGES = ['typeorm', 'libsql', 'sodium-native', 'minio', 'nodemailer', 'ioredis', 'preact'];

function plantTree(root) {
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write(
    'package.json',
    JSON.stringify({ type: 'module', dependencies: Object.fromEntries(PACKAGES.map((name) => [name, '1'])) }),
  );
  const paths = { '@libs/*': ['./libs/*/src/index.ts'] };
  write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { module: 'nodenext', moduleResolution: 'nodenext', paths } }),
  );
  for (const name of LIBRARIES.split(' ')) write(`libs/${name}/src/index.ts`, 'export const x = 1;');
  write('libs/kernel/src/clock.ts', 'export const x = 1;');
  for (const name of ['chat', 'crm']) write(`apps/${name}/src/index.ts`, 'export const x = 1;');
  write('apps/chat/src/inside.ts', 'export const x = 1;');
  for (const name of PACKAGES) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, '');
  }
  for (const [path, text] of Object.entries(ALLOWED)) write(path, text);
  for (const [, path, text, also] of PLANTED) {
    write(path, text);
    for (const [other, content] of Object.entries(also ?? {})) write(other, content || 'export const x = 1;');
  }
}

describe('the import table', () => {
  const root = mkdtempSync(join(tmpdir(), 'custodia-gates-'));
  let problems;

  beforeAll(async () => {
    plantTree(root);
    problems = await checkImports(root);
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(PLANTED)('%s is caught', (rule, path) => {
    expect(problems.filter((problem) => problem.path === path).map((problem) => problem.rule)).toContain(rule);
  });

  it('leaves allowed edges alone', () => {
    expect(problems.filter(({ path }) => path in ALLOWED)).toEqual([]);
  });

  it('has a planted example of every rule', async () => {
    const { default: config } = await import('../../.dependency-cruiser.cjs');
    const planted = new Set(PLANTED.map(([rule]) => rule));
    expect(config.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });
});
