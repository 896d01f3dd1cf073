import { join, resolve } from 'node:path';
import { UserError } from '@libs/kernel';
import type { z } from 'zod';
import { nearestName } from './nearest-name.js';
import { Secret } from './secret.js';
import { SETTINGS, type Setting } from './settings.js';

/** A table store: a SQLite file or a MariaDB schema. */
export type TableStore =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'mariadb'; readonly url: Secret };

/** Where the keys that wrap tenant keys live. */
export type KmsPlace =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'vault'; readonly url: string; readonly token: Secret };

/** A place for objects: a folder or a bucket of an S3 store. */
export type ObjectPlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 's3';
      readonly endpoint: string;
      readonly port: number;
      readonly tls: boolean;
      readonly bucket: string;
      readonly accessKey: Secret;
      readonly secretKey: Secret;
    };

/** How processes wake each other. */
export type WakePlace = { readonly kind: 'memory' } | { readonly kind: 'redis'; readonly url: Secret };

/** Provider of text messages. */
export interface SmsProvider {
  readonly endpoint: string;
  readonly keyId: string;
  readonly keySecret: Secret;
  readonly signName: string;
  readonly template: string;
}

/** Mail server and sender. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly login?: string;
  readonly password?: Secret;
  readonly from: { readonly name: string; readonly address: string };
}

/** Everything an operator may set, read once at start and frozen. */
export interface Config {
  readonly profile: 'demo' | 'production' | 'bench';
  readonly server: {
    readonly port: number;
    readonly host: string;
    readonly publicOrigin: string;
    readonly trustedProxies: readonly string[];
    /** Who may read the counters from elsewhere; undefined where nobody may. */
    readonly metricsToken: Secret | undefined;
  };
  readonly folders: { readonly home: string; readonly data: string; readonly keys: string; readonly ledger: string };
  readonly database: TableStore;
  readonly keystore: TableStore;
  readonly kms: KmsPlace;
  readonly storage: ObjectPlace;
  readonly ledger: ObjectPlace;
  readonly redis: WakePlace;
  /** Ways out of the house; absent is what cannot be sent. */
  readonly outgoing: {
    readonly sms: SmsProvider | undefined;
    readonly smtp: SmtpServer | undefined;
    /** `host:port` inside the own network that may be called. */
    readonly localDestinations: readonly string[];
  };
  /** `signUp`: strangers may open a workspace. */
  readonly accounts: { readonly signUp: boolean };
  readonly bench: { readonly seed: number; readonly tenants: number; readonly passthrough: boolean };
  readonly log: {
    readonly level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  };
}

/** The environment as the process sees it. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Values = { readonly [K in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[K]['read']> };

/**
 * Reads the environment, once, at start. Throws one error that lists every fault by the name of its setting and never
 * repeats a value: it may be a password.
 */
export function loadConfig(env: Environment = process.env): Config {
  refuseUnknown(env);
  const faults: string[] = [];
  const entries = Object.entries(SETTINGS).map(([key, item]) => [key, readOne(item as Setting<unknown>, env, faults)]);
  if (faults.length > 0) throw invalid(faults);
  const values = Object.fromEntries(entries) as Values;
  refuseContradictions(values);
  return freezeDeep(assemble(values));
}

function refuseUnknown(env: Environment): void {
  const known = Object.values(SETTINGS).map((item): string => item.env);
  const unknown = Object.keys(env).filter((name) => name.startsWith('CUSTODIA_') && !known.includes(name));
  if (unknown.length === 0) return;
  const sentences = unknown.map((name) => `${name} is no setting; did you mean ${nearestName(name, known)}?`);
  throw new UserError('config.unknown-setting', sentences.join(' '));
}

function readOne(item: Setting<unknown>, env: Environment, faults: string[]): unknown {
  const given = env[item.env]?.trim();
  const result = item.read.safeParse(given === undefined || given === '' ? item.fallback : given);
  if (result.success) return result.data;
  faults.push(`${item.env} ${result.error.issues[0]?.message ?? 'is wrong'}.`);
  return undefined;
}

function refuseContradictions(values: Values): void {
  const faults: string[] = [];
  if (values.databaseUrl !== '' && values.keystoreUrl === '') {
    faults.push('CUSTODIA_KEYSTORE_URL must be given with MariaDB: a schema and login of its own.');
  }
  if (values.databaseUrl !== '' && values.databaseUrl === values.keystoreUrl) {
    faults.push('CUSTODIA_KEYSTORE_URL must not be the database itself: keys lie apart from what they open.');
  }
  if (values.storageUrl !== '' && values.storageUrl === values.ledgerUrl) {
    faults.push('CUSTODIA_LEDGER_URL must not be the object store itself: the ledger lies outside the backup set.');
  }
  if (values.kmsUrl !== '' && values.kmsToken === '') faults.push('CUSTODIA_KMS_TOKEN must be given with a KMS.');
  if (values.kmsUrl === '' && values.kmsToken !== '')
    faults.push('CUSTODIA_KMS_TOKEN is given without CUSTODIA_KMS_URL.');
  if (values.smsUrl !== '' && (values.smsSignName === '' || values.smsTemplate === '')) {
    faults.push('CUSTODIA_SMS_SIGN_NAME and CUSTODIA_SMS_TEMPLATE must be given with CUSTODIA_SMS_URL.');
  }
  if (values.smtpUrl !== '' && values.mailFrom === '') {
    faults.push('CUSTODIA_MAIL_FROM must be given with CUSTODIA_SMTP_URL.');
  }
  if (values.benchPassthrough && values.profile !== 'bench') {
    faults.push('CUSTODIA_BENCH_PASSTHROUGH switches protection off and is only allowed with CUSTODIA_PROFILE=bench.');
  }
  if (faults.length > 0) throw invalid(faults);
}

function assemble(values: Values): Config {
  const home = resolve(values.home === '' ? '.' : values.home);
  const folders = { home, data: join(home, 'data'), keys: join(home, 'keys'), ledger: join(home, 'ledger') };
  const publicOrigin = values.publicOrigin === '' ? `http://127.0.0.1:${values.port}` : values.publicOrigin;
  return {
    profile: values.profile,
    server: {
      port: values.port,
      host: values.host,
      publicOrigin,
      trustedProxies: values.trustedProxies,
      metricsToken: values.metricsToken === '' ? undefined : new Secret(values.metricsToken),
    },
    folders,
    database: tableStore(values.databaseUrl, join(folders.data, 'custodia.db')),
    keystore: tableStore(values.keystoreUrl, join(folders.keys, 'keystore.db')),
    kms:
      values.kmsUrl === ''
        ? { kind: 'file', file: join(folders.keys, 'root.key') }
        : { kind: 'vault', url: values.kmsUrl, token: new Secret(values.kmsToken) },
    storage: objectPlace(values.storageUrl, join(folders.data, 'objects')),
    ledger: objectPlace(values.ledgerUrl, folders.ledger),
    redis: values.redisUrl === '' ? { kind: 'memory' } : { kind: 'redis', url: new Secret(values.redisUrl) },
    outgoing: {
      sms: smsProvider(values),
      smtp: smtpServer(values),
      localDestinations: values.localDestinations,
    },
    accounts: { signUp: values.signUp === 'open' },
    bench: { seed: values.seedBench, tenants: values.seedBenchTenants, passthrough: values.benchPassthrough },
    log: { level: values.logLevel },
  };
}

function tableStore(url: string, file: string): TableStore {
  return url === '' ? { kind: 'sqlite', file } : { kind: 'mariadb', url: new Secret(url) };
}

function objectPlace(text: string, folder: string): ObjectPlace {
  if (text === '') return { kind: 'folder', folder };
  const url = new URL(text);
  const tls = url.protocol === 'https:';
  return {
    kind: 's3',
    endpoint: url.hostname,
    port: url.port === '' ? (tls ? 443 : 80) : Number(url.port),
    tls,
    bucket: url.pathname.slice(1),
    accessKey: new Secret(decodeURIComponent(url.username)),
    secretKey: new Secret(decodeURIComponent(url.password)),
  };
}

function smsProvider({ smsUrl, smsSignName, smsTemplate }: Values): SmsProvider | undefined {
  if (smsUrl === '') return undefined;
  const url = new URL(smsUrl);
  return {
    endpoint: url.origin,
    keyId: decodeURIComponent(url.username),
    keySecret: new Secret(decodeURIComponent(url.password)),
    signName: smsSignName,
    template: smsTemplate,
  };
}

function smtpServer({ smtpUrl, mailFrom }: Values): SmtpServer | undefined {
  if (smtpUrl === '') return undefined;
  const url = new URL(smtpUrl);
  const tls = url.protocol === 'smtps:';
  const [, name = '', address = mailFrom] = /^(.*?) ?<(.+)>$/.exec(mailFrom) ?? [];
  return {
    host: url.hostname,
    port: url.port === '' ? (tls ? 465 : 587) : Number(url.port),
    tls,
    from: { name, address },
    ...(url.username === ''
      ? {}
      : {
          login: decodeURIComponent(url.username),
          password: new Secret(decodeURIComponent(url.password)),
        }),
  };
}

function invalid(faults: readonly string[]): UserError {
  return new UserError('config.invalid', faults.join(' '));
}

function freezeDeep<T extends object>(value: T): T {
  for (const child of Object.values(value)) {
    if (typeof child === 'object' && child !== null) freezeDeep(child);
  }
  return Object.freeze(value);
}
