import { UserError } from '@libs/kernel';
import type { Config, ObjectPlace, TableStore } from './config.js';
import { isSampleSecret, type Secret } from './secret.js';

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/i;

/** What the program found in its database before it opens a listener. */
export interface FoundAtStart {
  /** Logins that a demo seed has made. */
  readonly demoLogins?: number;
}

/** True when `host` can be reached from this machine only. */
function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** Refuses a start that would break a promise: open without TLS, or production with what everybody knows. */
export function assertStartable(config: Config, found: FoundAtStart = {}): void {
  const faults = [
    ...transportFaults(config),
    ...(config.profile === 'production' ? productionFaults(config, found) : []),
  ];
  if (faults.length > 0) throw new UserError('config.not-startable', faults.join(' '));
}

function transportFaults(config: Config): string[] {
  const { host, trustedProxies, publicOrigin } = config.server;
  if (isLoopback(host)) return [];
  const faults: string[] = [];
  if (trustedProxies.length === 0) {
    faults.push('HOST is open to other machines: list the TLS-terminating proxy in CUSTODIA_TRUSTED_PROXIES.');
  }
  if (trustedProxies.some((entry) => /\/0+$/.test(entry))) {
    faults.push('CUSTODIA_TRUSTED_PROXIES trusts every address: name the proxy itself.');
  }
  if (!publicOrigin.startsWith('https://')) {
    faults.push('HOST is open to other machines: CUSTODIA_PUBLIC_ORIGIN must start with https://.');
  }
  return faults;
}

function productionFaults(config: Config, found: FoundAtStart): string[] {
  const faults: string[] = [];
  if (!config.server.publicOrigin.startsWith('https://')) {
    faults.push('Production needs TLS: CUSTODIA_PUBLIC_ORIGIN must start with https://.');
  }
  if ((found.demoLogins ?? 0) > 0) faults.push('Production refuses demo logins: remove them or use another database.');
  if (config.bench.seed > 0) faults.push('Production refuses CUSTODIA_SEED_BENCH.');
  if (config.database.kind === 'mariadb' && config.kms.kind === 'file') {
    faults.push('Production with MariaDB needs CUSTODIA_KMS_URL: the root key must not lie on the same disks.');
  }
  for (const [name, secret] of secretsOf(config)) {
    if (isSampleSecret(secret)) faults.push(`${name} holds a sample or too short secret: make a random one.`);
  }
  return faults;
}

function secretsOf(config: Config): [name: string, value: string][] {
  const found: [string, string][] = [
    ...tableSecret('CUSTODIA_DATABASE_URL', config.database),
    ...tableSecret('CUSTODIA_KEYSTORE_URL', config.keystore),
    ...objectSecret('CUSTODIA_STORAGE_URL', config.storage),
    ...objectSecret('CUSTODIA_LEDGER_URL', config.ledger),
  ];
  const { sms, smtp } = config.outgoing;
  if (sms) found.push(['CUSTODIA_SMS_URL', sms.keySecret.reveal()]);
  if (smtp?.password) found.push(['CUSTODIA_SMTP_URL', smtp.password.reveal()]);
  if (config.kms.kind === 'vault') found.push(['CUSTODIA_KMS_TOKEN', config.kms.token.reveal()]);
  if (config.server.metricsToken) found.push(['CUSTODIA_METRICS_TOKEN', config.server.metricsToken.reveal()]);
  if (config.redis.kind === 'redis' && new URL(config.redis.url.reveal()).password !== '') {
    found.push(['CUSTODIA_REDIS_URL', passwordOf(config.redis.url)]);
  }
  return found;
}

function tableSecret(name: string, store: TableStore): [string, string][] {
  return store.kind === 'mariadb' ? [[name, passwordOf(store.url)]] : [];
}

function objectSecret(name: string, place: ObjectPlace): [string, string][] {
  return place.kind === 's3' ? [[name, place.secretKey.reveal()]] : [];
}

function passwordOf(url: Secret): string {
  return decodeURIComponent(new URL(url.reveal()).password);
}
