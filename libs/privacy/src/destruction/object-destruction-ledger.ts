import { OperationalError } from '@libs/kernel';
import type { Client } from 'minio';
import type { DestructionLedger, LedgerEntry } from './destruction.ports.js';

const PREFIX = 'destructions/';

/** A bucket that nothing else uses, outside of the backup set. */
export interface ObjectLedgerOptions {
  readonly endpoint: string;
  readonly port: number;
  readonly tls: boolean;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly bucket: string;
  /** COMPLIANCE: not even the owner of the store can delete a row before its time. */
  readonly mode?: 'COMPLIANCE' | 'GOVERNANCE';
  /** At least as long as the oldest backup that may ever be restored. */
  readonly retentionDays?: number;
}

/** The ledger of a production: one object per step, in a bucket whose objects cannot be changed or deleted. */
export class ObjectDestructionLedger implements DestructionLedger {
  /** Loaded by `open`, because only a production has such a ledger. */
  private client!: Client;
  private readonly mode: 'COMPLIANCE' | 'GOVERNANCE';
  private readonly days: number;

  constructor(private readonly options: ObjectLedgerOptions) {
    this.mode = options.mode ?? 'COMPLIANCE';
    this.days = options.retentionDays ?? 400;
  }

  /** Makes the bucket with object lock, or refuses one that could be emptied. Call once at start. */
  async open(): Promise<void> {
    const { bucket, endpoint, port, tls, accessKey, secretKey } = this.options;
    const { Client } = await import('minio');
    this.client = new Client({ endPoint: endpoint, port, useSSL: tls, accessKey, secretKey });
    if (!(await this.client.bucketExists(bucket))) await this.makeBucket(bucket);
    const lock = await this.lockConfig();
    if (lock.objectLockEnabled !== 'Enabled') throw unlocked(bucket);
    await this.client.setObjectLockConfig(bucket, { mode: this.mode, unit: 'Days', validity: this.days });
  }

  /** Processes that start together may make it together: what it must be like is looked at afterwards. */
  private async makeBucket(bucket: string): Promise<void> {
    try {
      await this.client.makeBucket(bucket, '', { ObjectLocking: true });
    } catch (error) {
      if (!(await this.client.bucketExists(bucket))) throw error;
    }
  }

  private async lockConfig(): Promise<{ readonly objectLockEnabled?: string }> {
    const { bucket } = this.options;
    try {
      // The client's types name the callback form first; without a callback it answers a promise.
      return (await this.client.getObjectLockConfig(bucket)) as unknown as { readonly objectLockEnabled?: string };
    } catch (cause) {
      throw unlocked(bucket, cause);
    }
  }

  async append(entry: LedgerEntry): Promise<void> {
    const name = `${PREFIX}${entry.tenantId}/${entry.subjectId}/${entry.step}.json`;
    if (await this.exists(name)) return;
    const body = Buffer.from(JSON.stringify(entry), 'utf8');
    await this.client.putObject(this.options.bucket, name, body, body.length, { 'Content-Type': 'application/json' });
  }

  async *entries(): AsyncIterable<LedgerEntry> {
    for await (const item of this.client.listObjectsV2(this.options.bucket, PREFIX, true)) {
      const { name } = item as { readonly name: string };
      yield JSON.parse(await this.text(name)) as LedgerEntry;
    }
  }

  private async exists(name: string): Promise<boolean> {
    try {
      await this.client.statObject(this.options.bucket, name);
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === 'NotFound') return false;
      throw error;
    }
  }

  private async text(name: string): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of await this.client.getObject(this.options.bucket, name)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }
}

function unlocked(bucket: string, cause?: unknown): OperationalError {
  return new OperationalError('privacy.ledger-not-locked', `Bucket ${bucket} has no object lock: use another one.`, {
    cause,
  });
}
