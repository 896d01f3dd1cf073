import { PassThrough, Readable, type Writable } from 'node:stream';
import { OperationalError } from '@libs/kernel';
import type { Client } from 'minio';
import { assertKey, assertPrefix, type BlobEntry, type BlobStore, type ByteRange, clampRange } from './blob-store.js';

/** Where the bucket is. */
export interface S3Settings {
  readonly endpoint: string;
  readonly port: number;
  readonly tls: boolean;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Streams are sent in parts of this size: what one upload holds in memory. */
const PART_BYTES = 8 * 1024 * 1024;
/** The most that one request may delete. */
const MOST_DELETES = 1000;

interface Listed {
  readonly name?: string;
  readonly size?: number;
  readonly versionId?: string | null;
}

/** Objects in a bucket of MinIO or any S3 store. Deleting takes all versions. */
export class S3Store implements BlobStore {
  private constructor(
    private readonly client: Client,
    private readonly bucket: string,
  ) {}

  /** Connects and makes the bucket when it is missing. */
  static async open({ endpoint, port, tls, bucket, accessKey, secretKey }: S3Settings): Promise<S3Store> {
    // Only who has such a store loads its client: it is a tenth of what a start loads.
    const { Client } = await import('minio');
    const client = new Client({ endPoint: endpoint, port, useSSL: tls, accessKey, secretKey, partSize: PART_BYTES });
    await asked(async () => {
      if (await client.bucketExists(bucket)) return;
      // Processes that start together may make it together.
      await client.makeBucket(bucket).catch(async (error: unknown) => {
        if (!(await client.bucketExists(bucket))) throw error;
      });
    });
    return new S3Store(client, bucket);
  }

  async put(key: string, content: Buffer | Readable): Promise<void> {
    assertKey(key);
    if (Buffer.isBuffer(content)) {
      await asked(() => this.client.putObject(this.bucket, key, content, content.length));
      return;
    }
    try {
      await this.client.putObject(this.bucket, key, new HeardSource(content));
    } catch (error) {
      await this.client.removeIncompleteUpload(this.bucket, key).catch(() => undefined);
      throw unavailable(error);
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable | undefined> {
    const size = await this.size(key);
    if (size === undefined) return undefined;
    const { start, end } = clampRange(range, size);
    if (start === end) return Readable.from([]);
    return unlessMissing(() => this.client.getPartialObject(this.bucket, key, start, end - start));
  }

  async size(key: string): Promise<number | undefined> {
    assertKey(key);
    return (await unlessMissing(() => this.client.statObject(this.bucket, key)))?.size;
  }

  async delete(key: string): Promise<void> {
    assertKey(key);
    await this.remove(key, (name) => name === key);
  }

  async deletePrefix(prefix: string): Promise<void> {
    assertPrefix(prefix);
    await this.remove(prefix, () => true);
  }

  async *list(prefix: string): AsyncIterable<BlobEntry> {
    assertPrefix(prefix);
    for await (const { name, size } of this.listed(prefix, false)) if (name) yield { key: name, size: size ?? 0 };
  }

  private async remove(prefix: string, wanted: (name: string) => boolean): Promise<void> {
    let some: { name: string; versionId?: string }[] = [];
    for await (const { name, versionId } of this.listed(prefix, true)) {
      if (!name || !wanted(name)) continue;
      some.push(versionId ? { name, versionId } : { name });
      if (some.length < MOST_DELETES) continue;
      await this.removeSome(some);
      some = [];
    }
    if (some.length > 0) await this.removeSome(some);
  }

  private async removeSome(some: { name: string; versionId?: string }[]): Promise<void> {
    const answers = await asked(() => this.client.removeObjects(this.bucket, some));
    const failed = answers.find((answer) => answer && 'Error' in answer);
    if (failed)
      throw new OperationalError('storage.not-deleted', 'The store did not delete an object', { cause: failed });
  }

  private async *listed(prefix: string, versions: boolean): AsyncIterable<Listed> {
    try {
      const stream = this.client.listObjects(this.bucket, prefix, true, versions ? { IncludeVersion: true } : {});
      for await (const item of stream) yield item as Listed;
    } catch (error) {
      throw unavailable(error);
    }
  }
}

/**
 * The client of 8.0.7 asks the server first, pipes what it was given then, and hears no error of it: a source that
 * breaks would hang the upload for ever, or end the process.
 */
class HeardSource extends PassThrough {
  constructor(content: Readable) {
    super();
    this.on('error', () => undefined);
    content.once('error', (error) => this.destroy(error));
    content.pipe(this);
  }

  override pipe<T extends NodeJS.WritableStream>(to: T, options?: { end?: boolean }): T {
    const target = to as unknown as Writable;
    const { errored } = this;
    if (errored) process.nextTick(() => target.destroy(errored));
    else this.once('error', (error) => target.destroy(error));
    return super.pipe(to, options);
  }
}

async function unlessMissing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (/^(?:NotFound|NoSuchKey)$/.test((error as { code?: string }).code ?? '')) return undefined;
    throw unavailable(error);
  }
}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(error: unknown): OperationalError {
  return new OperationalError('storage.unavailable', 'The object store does not answer as it should', { cause: error });
}
