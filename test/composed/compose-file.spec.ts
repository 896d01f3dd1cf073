import { existsSync, readFileSync } from 'node:fs';
import { assertStartable, loadConfig } from '@libs/config';
import { describe, expect, it } from 'vitest';
import { COMPOSE, interpolate, readCompose } from './compose-file.js';

const SECRETS = {
  CUSTODIA_PUBLIC_ORIGIN: 'https://support.example',
  CUSTODIA_KMS_URL: 'https://kms.example:8200',
  CUSTODIA_KMS_TOKEN: 'kms-token-0123456789',
  MARIADB_ROOT_PASSWORD: 'root0123456789abcdef',
  MARIADB_PASSWORD: 'data0123456789abcdef',
  KEYSTORE_PASSWORD: 'keys0123456789abcdef',
  MINIO_PASSWORD: 'minio0123456789abcdef',
  REDIS_PASSWORD: 'redis0123456789abcdef',
};
const services = () => Object.entries(readCompose(SECRETS).services);
const built = () => services().filter(([, { build }]) => build !== undefined);

describe('docker/compose.yaml', () => {
  it('has no default for a secret: what is not given is refused by name', () => {
    for (const name of Object.keys(SECRETS)) {
      expect(() => readCompose({ ...SECRETS, [name]: '' })).toThrow(`${name} must be set`);
    }
  });

  it('tells each service what the program knows, in the production profile, with the proxy as the only listed one', () => {
    for (const [, { environment }] of built()) {
      const config = loadConfig(environment);
      expect(config.profile).toBe('production');
      expect(config.server.trustedProxies).toEqual(['172.30.77.2']);
      expect([config.kms.kind, config.redis.kind, config.ledger.kind]).toEqual(['vault', 'redis', 's3']);
    }
    const outer = readCompose({ ...SECRETS, CUSTODIA_OUTER_PROXIES: '10.0.0.7,10.1.0.0/16' }).services.crm!;
    expect(loadConfig(outer.environment).server.trustedProxies).toEqual(['172.30.77.2', '10.0.0.7', '10.1.0.0/16']);
  });

  it('would be let start in production, and not with the secrets of an example', () => {
    for (const [, { environment }] of built()) {
      // As in a container, where HOST is open to the others.
      const config = loadConfig({ ...environment, HOST: '0.0.0.0' });
      expect(() => assertStartable(config, { demoLogins: 0 })).not.toThrow();
    }
    for (const name of [
      'MARIADB_PASSWORD',
      'KEYSTORE_PASSWORD',
      'MINIO_PASSWORD',
      'REDIS_PASSWORD',
      'CUSTODIA_KMS_TOKEN',
    ]) {
      const { environment } = readCompose({ ...SECRETS, [name]: 'change-me' }).services.account!;
      const config = loadConfig({ ...environment, HOST: '0.0.0.0' });
      expect(() => assertStartable(config, { demoLogins: 0 })).toThrow(/sample or too short/);
    }
  });

  it('starts programs that the build makes, one for each service and two for chat', () => {
    const programs = built().map(([, { command }]) => command.at(-1)!);
    expect(programs.map((path) => path.split('/')[2]).sort()).toEqual([
      'account',
      'chat',
      'chat',
      'crm',
      'privacy',
      'ticket',
    ]);
    for (const path of programs)
      expect(existsSync(path.replace(/^dist\/(.*)\.js$/, '$1.ts').replace('/main', '/src/main'))).toBe(true);
  });

  it('every service stands behind the proxy, which waits for it, and nothing else is open to the machine', () => {
    const { proxy } = readCompose(SECRETS).services;
    const upstreams = [...readFileSync('docker/nginx.conf', 'utf8').matchAll(/server ([\w-]+):3000;/g)].map(
      ([, name]) => name,
    );
    const names = built().map(([name]) => name);
    expect(upstreams.sort()).toEqual([...names].sort());
    expect(Object.keys(proxy!.depends_on!).sort()).toEqual([...names].sort());
    expect(proxy!.networks!.default.ipv4_address).toBe('172.30.77.2');
    const open = services().filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name, { ports }]) => [name, ports])).toEqual([['proxy', ['127.0.0.1:8080:8080']]]);
  });

  it('MariaDB is started with the durability that the product asserts', () => {
    expect(readCompose(SECRETS).services.mariadb!.command).toEqual(
      expect.arrayContaining(['--innodb-flush-log-at-trx-commit=1', '--sync-binlog=1']),
    );
  });

  it('is read the way compose reads it', () => {
    const given = { A: 'a', EMPTY: '' };
    const text = (written: string): string => written.replaceAll('@', '$');
    expect(interpolate(text('@{A} @{A:-x} @{EMPTY:-x} @{EMPTY} @{A:+y} @{EMPTY:+y}| @@A'), given)).toBe(
      'a a x  y | $A',
    );
    expect(() => interpolate(text('@{NOT:?say it}'), given)).toThrow('NOT must be set: say it');
    expect(() => readCompose(SECRETS, 'docker/absent.yaml')).toThrow();
    expect(COMPOSE).toBe('docker/compose.yaml');
  });
});
