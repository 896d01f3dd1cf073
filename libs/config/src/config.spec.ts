import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { assertStartable, loadConfig, renderEnvExample } from './index.js';

const MARKER = 'xQ7-marker-5f1c9b';
const bucket = (secret: string, name: string) => `https://key:${secret}@s3.internal:9000/${name}`;
const PRODUCTION = {
  CUSTODIA_PROFILE: 'production',
  CUSTODIA_PUBLIC_ORIGIN: 'https://support.example.com',
  CUSTODIA_DATABASE_URL: `mysql://app:${MARKER}@db:3306/main`,
  CUSTODIA_KEYSTORE_URL: `mysql://keys:${MARKER}@db:3306/keystore`,
  CUSTODIA_KMS_URL: 'https://kms:8200',
  CUSTODIA_KMS_TOKEN: MARKER,
  CUSTODIA_STORAGE_URL: bucket(MARKER, 'objects'),
  CUSTODIA_LEDGER_URL: bucket(MARKER, 'ledger'),
};

describe('loadConfig', () => {
  it.each([
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '3000; rm'],
    ['HOST', 'a b'],
    ['CUSTODIA_PROFILE', 'prod'],
    ['CUSTODIA_DATABASE_URL', 'postgres://a:b@c/d'],
    ['CUSTODIA_STORAGE_URL', 'https://host/bucket'],
    ['CUSTODIA_PUBLIC_ORIGIN', 'https://a.example/path'],
    ['CUSTODIA_TRUSTED_PROXIES', 'proxy.internal'],
    ['CUSTODIA_BENCH_PASSTHROUGH', 'perhaps'],
    ['CUSTODIA_SEED_BENCH', '1.5'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(() => loadConfig({ [name]: value })).toThrow(name);
  });

  it('lists every fault at once', () => {
    expect(() => loadConfig({ PORT: 'x', LOG_LEVEL: 'x' })).toThrow(/PORT.*LOG_LEVEL/);
  });

  it('names the nearest setting for an unknown one', () => {
    expect(() => loadConfig({ CUSTODIA_DATABSE_URL: '' })).toThrow('did you mean CUSTODIA_DATABASE_URL?');
  });

  it('never repeats a value in an error', () => {
    const faulty = { CUSTODIA_DATABASE_URL: `postgres://x:${MARKER}@h/d`, CUSTODIA_KMS_TOKEN: MARKER, PORT: MARKER };
    expect(() => loadConfig(faulty)).toThrow(expect.not.objectContaining({ message: expect.stringContaining(MARKER) }));
  });

  it.each([
    ['MariaDB without a key store', { CUSTODIA_DATABASE_URL: 'mysql://a:b@c/d' }, 'CUSTODIA_KEYSTORE_URL'],
    ['one schema for both', { ...PRODUCTION, CUSTODIA_KEYSTORE_URL: PRODUCTION.CUSTODIA_DATABASE_URL }, 'KEYSTORE'],
    ['one bucket for both', { ...PRODUCTION, CUSTODIA_LEDGER_URL: PRODUCTION.CUSTODIA_STORAGE_URL }, 'LEDGER'],
    ['a KMS without token', { CUSTODIA_KMS_URL: 'https://kms' }, 'CUSTODIA_KMS_TOKEN'],
    ['a pass-through outside the bench', { CUSTODIA_BENCH_PASSTHROUGH: 'true' }, 'CUSTODIA_PROFILE=bench'],
  ])('refuses %s', (_, env, named) => {
    expect(() => loadConfig(env)).toThrow(named);
  });

  it('has the embedded default when nothing is set', () => {
    const config = loadConfig({});
    expect(config.server).toEqual({
      port: 3000,
      host: '127.0.0.1',
      publicOrigin: 'http://127.0.0.1:3000',
      trustedProxies: [],
    });
    expect(config.database).toEqual({ kind: 'sqlite', file: resolve('data/custodia.db') });
    expect(config.keystore).toEqual({ kind: 'sqlite', file: resolve('keys/keystore.db') });
    expect(config.kms).toEqual({ kind: 'file', file: resolve('keys/root.key') });
    expect(config.ledger).toEqual({ kind: 'folder', folder: resolve('ledger') });
    expect([config.profile, config.redis.kind, config.bench.passthrough]).toEqual(['demo', 'memory', false]);
  });

  it('reads the production column and takes the bucket apart', () => {
    const config = loadConfig(PRODUCTION);
    expect(config.storage).toMatchObject({ kind: 's3', endpoint: 's3.internal', port: 9000, tls: true });
    expect(config.database.kind === 'mariadb' && config.database.url.reveal()).toContain(MARKER);
    expect(loadConfig({ CUSTODIA_HOME: '/srv/c' }).folders.keys).toBe(join('/srv/c', 'keys'));
  });

  it('is frozen to the bottom and prints no secret', () => {
    const config = loadConfig(PRODUCTION);
    expect(Object.isFrozen(config) && Object.isFrozen(config.server.trustedProxies)).toBe(true);
    const printed = [JSON.stringify(config), inspect(config, { depth: 9, showHidden: true }), String(config.database)];
    expect(printed.join()).not.toContain(MARKER);
  });
});

describe('assertStartable', () => {
  const refuses = (env: Record<string, string>, named: string, found = {}) =>
    expect(() => assertStartable(loadConfig(env), found)).toThrow(named);

  it('P-1001 refuses to listen beyond this machine without a listed proxy and https', () => {
    refuses({ HOST: '0.0.0.0' }, 'CUSTODIA_TRUSTED_PROXIES');
    refuses({ HOST: '::', CUSTODIA_TRUSTED_PROXIES: '10.0.0.1' }, 'https://');
    refuses({ HOST: '0.0.0.0', CUSTODIA_PUBLIC_ORIGIN: 'https://a.example' }, 'CUSTODIA_TRUSTED_PROXIES');
    refuses(
      { HOST: '0.0.0.0', CUSTODIA_PUBLIC_ORIGIN: 'https://a.example', CUSTODIA_TRUSTED_PROXIES: '0.0.0.0/0' },
      'trusts every address',
    );
  });

  it('P-1001 starts on this machine, and behind a listed proxy with https', () => {
    assertStartable(loadConfig({}));
    assertStartable(
      loadConfig({
        HOST: '0.0.0.0',
        CUSTODIA_PUBLIC_ORIGIN: 'https://a.example',
        CUSTODIA_TRUSTED_PROXIES: '10.0.0.1',
      }),
    );
  });

  it('refuses production with what everybody knows', () => {
    refuses({ ...PRODUCTION, CUSTODIA_PUBLIC_ORIGIN: '' }, 'TLS');
    refuses({ ...PRODUCTION, CUSTODIA_DATABASE_URL: 'mysql://app:custodia@db/main' }, 'CUSTODIA_DATABASE_URL holds');
    refuses({ ...PRODUCTION, CUSTODIA_STORAGE_URL: bucket('minioadmin', 'objects') }, 'CUSTODIA_STORAGE_URL holds');
    refuses({ ...PRODUCTION, CUSTODIA_KMS_TOKEN: 'change-me-please-now' }, 'CUSTODIA_KMS_TOKEN holds');
    refuses({ ...PRODUCTION, CUSTODIA_KMS_URL: '', CUSTODIA_KMS_TOKEN: '' }, 'CUSTODIA_KMS_URL');
    refuses({ ...PRODUCTION, CUSTODIA_SEED_BENCH: '10' }, 'CUSTODIA_SEED_BENCH');
    refuses(PRODUCTION, 'demo logins', { demoLogins: 2 });
    assertStartable(loadConfig(PRODUCTION), { demoLogins: 0 });
  });
});

describe('.env.example', () => {
  it('is what the settings say', () => {
    expect(readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')).toBe(renderEnvExample());
  });

  it('can be loaded as it is', () => {
    const lines = renderEnvExample().split('\n');
    const pairs = lines.filter((line) => line.includes('=') && !line.startsWith('#')).map((line) => line.split('='));
    expect(loadConfig(Object.fromEntries(pairs))).toEqual(loadConfig({}));
  });
});
