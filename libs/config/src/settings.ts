import { z } from 'zod';

const flag = z
  .enum(['true', 'false', '1', '0'], 'must be true or false')
  .transform((text) => text === 'true' || text === '1');

const wholeNumber = (max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value <= max, `must be at most ${max}`);

const urlOf = (schemes: readonly string[], form: string) =>
  z.string().refine((text) => {
    if (text === '') return true;
    return URL.canParse(text) && schemes.includes(new URL(text).protocol);
  }, `must look like ${form}`);

const bucketUrl = urlOf(['http:', 'https:'], 'https://key:secret@host:port/bucket').refine((text) => {
  if (text === '') return true;
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.username !== '' && url.password !== '' && /^\/[a-z0-9][a-z0-9.-]{2,62}$/.test(url.pathname);
}, 'must look like https://key:secret@host:port/bucket');

const addressList = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  )
  .refine(
    (entries) => entries.every((entry) => /^[0-9a-fA-F.:]+(\/\d{1,3})?$/.test(entry)),
    'must be addresses or networks such as 10.0.0.7,10.1.0.0/16',
  );

const originOf = z.string().refine((text) => {
  if (text === '') return true;
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}, 'must be an origin such as https://support.example.com (no path, no closing slash)');

const localDestinations = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim().toLowerCase())
      .filter((entry) => entry !== ''),
  )
  .refine(
    (entries) => entries.every((entry) => /^[a-z0-9.:-]+:\d{1,5}$/.test(entry)),
    'must be host:port pairs such as mail.internal:587',
  );

const smsUrl = urlOf(['http:', 'https:'], 'https://key-id:key-secret@dysmsapi.aliyuncs.com').refine((text) => {
  if (text === '') return true;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && url.username !== '' && url.password !== '' && url.pathname === '/' && url.search === '';
}, 'must look like https://key-id:key-secret@dysmsapi.aliyuncs.com');

/** `Name <address>`, or an address alone; one line, nothing that could start another header. */
const mailFrom = z
  .string()
  .refine(
    (text) => text === '' || /^(?:[^\p{Cc}<>"\\,;:@]{1,100} )?<?[^\s\p{Cc}<>()",;:\\@]+@[A-Za-z0-9.-]+>?$/u.test(text),
    'must look like Custodia <no-reply@example.com>',
  );

/** One setting: its name in the environment, what it is for, what holds when it is absent or empty, how it is read. */
export interface Setting<T> {
  readonly env: string;
  readonly doc: string;
  readonly fallback: string;
  readonly read: z.ZodType<T, string>;
}

function setting<T>(env: string, doc: string, fallback: string, read: z.ZodType<T, string>): Setting<T> {
  return { env, doc, fallback, read };
}

/** Every setting there is, in the order in which `.env.example` prints them. */
export const SETTINGS = {
  port: setting('PORT', 'Port to listen on.', '3000', wholeNumber(65_535)),
  host: setting(
    'HOST',
    'Address to listen on. Anything but this machine needs CUSTODIA_TRUSTED_PROXIES and an https public origin.',
    '127.0.0.1',
    z.string().regex(/^[A-Za-z0-9.:-]+$/, 'must be an address or host name'),
  ),
  profile: setting(
    'CUSTODIA_PROFILE',
    'What this installation is: demo (seeded, try it), production (refuses demo logins and sample secrets) or bench.',
    'demo',
    z.enum(['demo', 'production', 'bench'], 'must be demo, production or bench'),
  ),
  home: setting(
    'CUSTODIA_HOME',
    'Folder that holds data/, keys/ and ledger/. Empty: the folder the program is started in.',
    '',
    z.string(),
  ),
  publicOrigin: setting(
    'CUSTODIA_PUBLIC_ORIGIN',
    'Origin under which browsers reach the product. Empty: http://127.0.0.1:PORT.',
    '',
    originOf,
  ),
  trustedProxies: setting(
    'CUSTODIA_TRUSTED_PROXIES',
    'Addresses or networks of the TLS-terminating proxies in front, comma separated. Only their X-Forwarded-For counts.',
    '',
    addressList,
  ),
  databaseUrl: setting(
    'CUSTODIA_DATABASE_URL',
    'Database, mysql://login:password@host:port/schema for MariaDB. Empty: SQLite in data/custodia.db.',
    '',
    urlOf(['mysql:'], 'mysql://login:password@host:port/schema'),
  ),
  keystoreUrl: setting(
    'CUSTODIA_KEYSTORE_URL',
    'Key store with its own schema and login, same form. Empty: keys/keystore.db; must be given with MariaDB.',
    '',
    urlOf(['mysql:'], 'mysql://login:password@host:port/schema'),
  ),
  kmsUrl: setting(
    'CUSTODIA_KMS_URL',
    'Key management service that speaks the Vault transit protocol, https://host:port. Empty: root key in keys/root.key.',
    '',
    urlOf(['http:', 'https:'], 'https://host:port'),
  ),
  kmsToken: setting('CUSTODIA_KMS_TOKEN', 'Token for the key management service.', '', z.string()),
  storageUrl: setting(
    'CUSTODIA_STORAGE_URL',
    'Object store, https://key:secret@host:port/bucket. Empty: folder data/objects. Nothing is kept there before media.',
    '',
    bucketUrl,
  ),
  ledgerUrl: setting(
    'CUSTODIA_LEDGER_URL',
    'Write-once bucket of the destruction ledger, same form, outside the backup set. Empty: folder ledger/.',
    '',
    bucketUrl,
  ),
  redisUrl: setting(
    'CUSTODIA_REDIS_URL',
    'Redis that wakes other processes, redis://host:port. Nothing personal enters it. Empty: they look each second.',
    '',
    urlOf(['redis:', 'rediss:'], 'redis://host:port'),
  ),
  smsUrl: setting(
    'CUSTODIA_SMS_URL',
    'Text messages by Alibaba Cloud, https://key-id:key-secret@dysmsapi.aliyuncs.com. Empty: codes cannot be sent.',
    '',
    smsUrl,
  ),
  smsSignName: setting('CUSTODIA_SMS_SIGN_NAME', 'Approved signature of the text messages.', '', z.string().max(64)),
  smsTemplate: setting(
    'CUSTODIA_SMS_TEMPLATE',
    'Approved template of the text messages, SMS_…; its one variable is called code.',
    '',
    z.string().regex(/^[A-Za-z0-9_]{0,64}$/, 'must be the code of a template'),
  ),
  smtpUrl: setting(
    'CUSTODIA_SMTP_URL',
    'Mail server, smtps://login:password@host:465 or smtp://login:password@host:587 (STARTTLS). Empty: no mail is sent.',
    '',
    urlOf(['smtp:', 'smtps:'], 'smtps://login:password@host:465'),
  ),
  mailFrom: setting('CUSTODIA_MAIL_FROM', 'Sender of mail, Custodia <no-reply@example.com>.', '', mailFrom),
  localDestinations: setting(
    'CUSTODIA_LOCAL_DESTINATIONS',
    'host:port of services inside your network that outgoing calls and mail may reach, comma separated. All others must be public.',
    '',
    localDestinations,
  ),
  signUp: setting(
    'CUSTODIA_SIGN_UP',
    'Who may open a workspace: open (anybody who reaches the page) or closed (nobody; people come by invitation).',
    'open',
    z.enum(['open', 'closed'], 'must be open or closed'),
  ),
  seedBench: setting(
    'CUSTODIA_SEED_BENCH',
    'Number of agents that the bench profile seeds at start.',
    '0',
    wholeNumber(1_000_000),
  ),
  seedBenchTenants: setting(
    'CUSTODIA_SEED_BENCH_TENANTS',
    'Number of tenants that the bench profile seeds, each with as many agents.',
    '1',
    wholeNumber(1_000),
  ),
  benchPassthrough: setting(
    'CUSTODIA_BENCH_PASSTHROUGH',
    'Measures without encryption. Only in the bench profile.',
    'false',
    flag,
  ),
  metricsToken: setting(
    'CUSTODIA_METRICS_TOKEN',
    'Bearer token for GET /metrics, at least 12 characters. Empty: only callers on this machine get an answer.',
    '',
    z.string().refine((text) => text === '' || /^[\x21-\x7e]{12,256}$/.test(text), 'must be at least 12 characters'),
  ),
  logLevel: setting(
    'LOG_LEVEL',
    'How much the program writes to standard output: fatal, error, warn, info, debug, trace or silent.',
    'info',
    z.enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    ),
  ),
} as const;

/** The text of `.env.example`: every setting with its explanation and its default. */
export function renderEnvExample(): string {
  const blocks = Object.values(SETTINGS).map(({ env, doc, fallback }) => `# ${doc}\n${env}=${fallback}\n`);
  return `# Settings of Custodia. Copy to .env; what is absent or empty has the default shown.\n\n${blocks.join('\n')}`;
}
