import type { Clock } from '@libs/kernel';
import { OperationalError } from '@libs/kernel';
import type { KekState, KeyStore, WriteOutcome } from '../key-store/key-store.port.js';
import type { KeyToWrap, KmsPort } from '../kms/kms.port.js';
import { isKekGone } from '../kms/kms.port.js';

const ATTEMPTS = 8;

/**
 * Writes keys under the KEK in force. A rotation may overtake between wrapping and writing: then the store refuses in
 * the same transaction, and the keys are wrapped again under the version that is in force now.
 */
export class KekWriter {
  private readonly versions = new Map<string, number>();

  constructor(
    private readonly kms: KmsPort,
    private readonly store: KeyStore,
    private readonly clock: Clock,
  ) {}

  /** State of the tenant's KEK; makes the first one. */
  async state(tenantId: string): Promise<KekState> {
    const known = await this.store.kekState(tenantId);
    if (known !== undefined) return known;
    // A version without a state is what a crash left between the two: taken up, not made again.
    const version = (await this.kms.currentVersion(tenantId)) || (await this.kms.rotate(tenantId));
    return this.store.startKek(tenantId, version, this.clock.now());
  }

  /** Wraps and writes until the store accepts the version. */
  async write(
    tenantId: string,
    keys: readonly KeyToWrap[],
    write: (version: number, wrapped: readonly Buffer[]) => Promise<WriteOutcome>,
  ): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const version = this.versions.get(tenantId) ?? (await this.state(tenantId)).version;
      this.versions.set(tenantId, version);
      if ((await this.attempt(tenantId, version, keys, write)) === 'written') return;
      this.versions.delete(tenantId);
    }
    throw new OperationalError('privacy.kek-moving', 'The tenant key is being rotated; try again.');
  }

  private async attempt(
    tenantId: string,
    version: number,
    keys: readonly KeyToWrap[],
    write: (version: number, wrapped: readonly Buffer[]) => Promise<WriteOutcome>,
  ): Promise<WriteOutcome> {
    try {
      return await write(version, await this.kms.wrap(tenantId, version, keys));
    } catch (error) {
      if (isKekGone(error)) return 'stale-kek';
      throw error;
    }
  }
}
