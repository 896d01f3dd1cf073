import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newKey, unwrapKey, wrapKey } from '@libs/privacy-core';
import { replaceFile } from '../../durable/durable-file.js';

interface TransitKey {
  readonly versions: Record<string, string>;
  latest_version: number;
  min_decryption_version: number;
  min_encryption_version: number;
  min_available_version: number;
  deletion_allowed: boolean;
}

interface BatchItem {
  readonly plaintext?: string;
  readonly ciphertext?: string;
  readonly associated_data?: string;
  readonly key_version?: number;
}

interface Reply {
  readonly status: number;
  readonly body?: object;
}

/** How a counterpart is started; `file` survives a restart. */
export interface CounterpartOptions {
  readonly file: string;
  readonly token: string;
  readonly port?: number;
}

/** A running counterpart. */
export interface Counterpart {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Speaks the part of Vault's transit protocol that `VaultTransitKms` uses, with Vault's rules and sentences, for tests
 * where no Vault is at hand. Not a KMS: its keys lie readable in a file.
 */
export async function startVaultCounterpart(options: CounterpartOptions): Promise<Counterpart> {
  const transit = new Transit(options.file);
  const server = createServer((request, response) => {
    void answer(transit, options.token, request).then(({ status, body }) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(body ? JSON.stringify(body) : '');
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => closed(server) };
}

async function answer(transit: Transit, token: string, request: IncomingMessage): Promise<Reply> {
  if (request.headers['x-vault-token'] !== token) return fail(403, 'permission denied');
  const parts = (request.url ?? '').split('/').slice(1);
  const [version, mount, kind, name, action] = parts;
  if (version !== 'v1' || mount !== 'transit' || !name) return { status: 404, body: { errors: [] } };
  const body = await bodyOf(request);
  return transit.handle(`${request.method} ${kind}${action ? `/${action}` : ''}`, decodeURIComponent(name), body);
}

class Transit {
  private readonly keys: Record<string, TransitKey>;

  constructor(private readonly file: string) {
    this.keys = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, TransitKey>) : {};
  }

  handle(route: string, name: string, body: Readonly<Record<string, unknown>>): Reply {
    const key = this.keys[name];
    if (route === 'POST keys') return this.create(name);
    if (!key)
      return route.startsWith('GET') ? { status: 404, body: { errors: [] } } : fail(400, 'encryption key not found');
    if (route === 'GET keys') return { status: 200, body: { data: { ...key, versions: undefined } } };
    if (route === 'DELETE keys') return this.remove(name, key);
    if (route === 'POST keys/rotate') return this.rotate(key);
    if (route === 'POST keys/config') return this.configure(key, body);
    if (route === 'POST keys/trim') return this.trim(key, Number(body.min_available_version));
    if (route === 'POST encrypt') return batch(body, (item) => encrypt(key, item));
    if (route === 'POST decrypt') return batch(body, (item) => decrypt(key, item));
    return { status: 404, body: { errors: [] } };
  }

  private create(name: string): Reply {
    this.keys[name] ??= {
      versions: { 1: newKey().toString('base64') },
      latest_version: 1,
      min_decryption_version: 1,
      min_encryption_version: 0,
      min_available_version: 0,
      deletion_allowed: false,
    };
    return this.save();
  }

  private rotate(key: TransitKey): Reply {
    key.latest_version++;
    key.versions[key.latest_version] = newKey().toString('base64');
    return this.save();
  }

  private configure(key: TransitKey, body: Readonly<Record<string, unknown>>): Reply {
    const { min_decryption_version: decryption, min_encryption_version: encryption, deletion_allowed: deletion } = body;
    if (Number(decryption ?? 0) > key.latest_version) {
      return fail(400, 'cannot set min decryption version higher than the latest key version');
    }
    if (decryption !== undefined) key.min_decryption_version = Number(decryption);
    if (encryption !== undefined) key.min_encryption_version = Number(encryption);
    if (deletion !== undefined) key.deletion_allowed = deletion === true;
    return this.save();
  }

  private trim(key: TransitKey, version: number): Reply {
    if (key.min_encryption_version === 0) {
      return fail(400, 'minimum available version cannot be set when minimum encryption version is not set');
    }
    if (version > key.min_decryption_version || version > key.min_encryption_version) {
      return fail(400, 'minimum available version cannot be higher than minimum encryption or decryption version');
    }
    if (version < key.min_available_version) return fail(400, 'minimum available version cannot be decremented');
    key.min_available_version = version;
    for (const number of Object.keys(key.versions)) if (Number(number) < version) delete key.versions[number];
    return this.save();
  }

  private remove(name: string, key: TransitKey): Reply {
    if (!key.deletion_allowed) return fail(400, 'deletion is not allowed for this key');
    delete this.keys[name];
    return this.save();
  }

  private save(): Reply {
    replaceFile(this.file, JSON.stringify(this.keys));
    return { status: 204 };
  }
}

function encrypt(key: TransitKey, item: BatchItem): object {
  const version = item.key_version || key.latest_version;
  if (version > key.latest_version)
    return { error: 'requested version for encryption is higher than the latest key version' };
  if (version < key.min_encryption_version) {
    return { error: 'requested version for encryption is less than the minimum encryption key version' };
  }
  const sealed = wrapKey(material(key, version), aadOf(item), Buffer.from(item.plaintext ?? '', 'base64'));
  return { ciphertext: `vault:v${version}:${sealed.toString('base64')}`, key_version: version };
}

function decrypt(key: TransitKey, item: BatchItem): object {
  const match = /^vault:v(\d+):(.+)$/.exec(item.ciphertext ?? '');
  if (!match) return { error: 'invalid ciphertext: no prefix' };
  const version = Number(match[1]);
  if (version < key.min_decryption_version || key.versions[version] === undefined) {
    return { error: 'ciphertext or signature version is disallowed by policy (too old)' };
  }
  try {
    const plaintext = unwrapKey(material(key, version), aadOf(item), Buffer.from(match[2]!, 'base64'));
    return { plaintext: plaintext.toString('base64') };
  } catch {
    return { error: 'cipher: message authentication failed' };
  }
}

function batch(body: Readonly<Record<string, unknown>>, each: (item: BatchItem) => object): Reply {
  const batch_results = (body.batch_input as readonly BatchItem[]).map(each);
  const failed = batch_results.some((result) => 'error' in result);
  return { status: failed ? 400 : 200, body: { data: { batch_results } } };
}

function material(key: TransitKey, version: number): Buffer {
  return Buffer.from(key.versions[version]!, 'base64');
}

function aadOf(item: BatchItem): Buffer {
  return Buffer.from(item.associated_data ?? '', 'base64');
}

function fail(status: number, error: string): Reply {
  return { status, body: { errors: [error] } };
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
