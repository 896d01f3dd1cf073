import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@libs/kernel';
import { newId, UnexpectedError } from '@libs/kernel';
import { wipe } from '@libs/privacy-core';
import type { StepListener } from '../destruction/destruction.ports.js';
import { pruneCopies } from '../durable/durable-file.js';
import type { KekPhase, KekState, KeyStore, WrappedRow } from '../key-store/key-store.port.js';
import type { KmsPort } from '../kms/kms.port.js';
import { isKekGone } from '../kms/kms.port.js';
import { wrappedRowAad } from './aad.js';
import { KekWriter } from './kek-writer.js';

const PAGE = 200;

/** Steps of a rotation in order, as a `StepListener` hears them. */
export const ROTATION_STEPS = [
  'rotation:kek-made',
  'rotation:kek-in-force',
  'rotation:page-rewrapped',
  'rotation:none-left',
  'rotation:copied',
  'rotation:copy-read-back',
  'rotation:old-kek-destroyed',
  'rotation:steady',
] as const;

/** Where a rotation keeps its copies, and who hears of its steps. */
export interface KekRotationOptions {
  /** Folder for the copies of the key store. */
  readonly copies: string;
  readonly onStep?: StepListener;
}

/**
 * Gives a tenant a new KEK and destroys the old ones, so that copies of destroyed keys die wherever they lie. Each step
 * may be repeated; the phase in the key store says where to go on after a crash, and two processes may do it at once.
 */
export class KekRotation {
  private readonly writer: KekWriter;

  constructor(
    private readonly kms: KmsPort,
    private readonly store: KeyStore,
    private readonly clock: Clock,
    private readonly options: KekRotationOptions,
  ) {
    this.writer = new KekWriter(kms, store, clock);
  }

  /** Rotates every tenant that has a key destroyed since its last rotation, or an unfinished rotation. */
  async rotateDue(): Promise<number> {
    const due = await this.store.tenantsToRotate();
    for (const tenantId of due) await this.rotateTenantKek(tenantId);
    return due.length;
  }

  /**
   * Returns when whatever was destroyed before the call is unreadable. An interrupted rotation is finished first: it
   * may have begun before the destruction, so another one follows.
   */
  async rotateTenantKek(tenantId: string): Promise<void> {
    const state = await this.writer.state(tenantId);
    const steady = state.phase === 'steady' ? state : await this.finish(tenantId, state);
    if (steady.phase === 'steady') await this.finish(tenantId, await this.begin(tenantId, steady));
  }

  private async finish(tenantId: string, started: KekState): Promise<KekState> {
    let state = started;
    if (state.phase === 'rewrapping') {
      await this.rewrapAll(tenantId, state.version);
      state = await this.move(tenantId, state, 'copying');
    }
    if (state.phase === 'copying') {
      await this.copy(tenantId, state.version);
      state = await this.move(tenantId, state, 'destroying');
    }
    if (state.phase === 'destroying') {
      await this.kms.destroyBelow(tenantId, state.version);
      this.step('rotation:old-kek-destroyed');
      state = await this.move(tenantId, state, 'steady');
      this.step('rotation:steady');
    }
    return state;
  }

  /** New KEK in the KMS, then in force in the store: from then on no row is accepted under another one. */
  private async begin(tenantId: string, state: KekState): Promise<KekState> {
    const newest = await this.kms.currentVersion(tenantId);
    const version = newest > state.version ? newest : await this.kms.rotate(tenantId);
    this.step('rotation:kek-made');
    const next: KekState = { version, phase: 'rewrapping', since: this.clock.now() };
    await this.store.moveKek(tenantId, state, next);
    this.step('rotation:kek-in-force');
    return this.current(tenantId);
  }

  private async rewrapAll(tenantId: string, version: number): Promise<void> {
    let overtakenPages = 0;
    for (;;) {
      // SQLite answers without waiting: without this, a long rotation would keep the event loop for itself.
      await setImmediate();
      const rows = await this.store.staleRows(tenantId, version, PAGE);
      if (rows.length === 0) break;
      try {
        await this.rewrap(tenantId, version, rows);
      } catch (error) {
        // Another process may have rewrapped these rows and destroyed the old KEK meanwhile: look again.
        if (!isKekGone(error) || ++overtakenPages > 3) throw error;
      }
      this.step('rotation:page-rewrapped');
    }
    this.step('rotation:none-left');
  }

  private async rewrap(tenantId: string, version: number, rows: readonly WrappedRow[]): Promise<void> {
    const aads = rows.map((row) => wrappedRowAad(tenantId, row));
    const keys = await this.kms.unwrap(
      tenantId,
      rows.map(({ kekVersion, wrapped }, at) => ({ version: kekVersion, bytes: wrapped, aad: aads[at]! })),
    );
    const wrapped = await this.kms.wrap(
      tenantId,
      version,
      keys.map((plaintext, at) => ({ plaintext, aad: aads[at]! })),
    );
    for (const key of keys) wipe(key);
    const outcome = await this.store.replaceWrapped(
      tenantId,
      version,
      rows.map((old, at) => ({ old, wrapped: wrapped[at]! })),
    );
    if (outcome === 'stale-kek') throw overtaken();
  }

  /** The old KEK may only go when losing the key store's disk would not lose the new rows. */
  private async copy(tenantId: string, version: number): Promise<void> {
    if ((await this.store.countStale(tenantId, version)) > 0) throw overtaken();
    // A name of its own: another process may be copying at the same moment.
    const name = `keystore-${this.clock.now()}-${newId()}`;
    const path = await this.store.copyInto(this.options.copies, name);
    this.step('rotation:copied');
    const copy = await this.store.inspectCopy(path, tenantId, version);
    if (copy.stale > 0) throw new UnexpectedError('privacy.copy-incomplete', 'The copy of the key store is stale.');
    const keys = copy.sample.map((row) => ({
      version: row.kekVersion,
      bytes: row.wrapped,
      aad: wrappedRowAad(tenantId, row),
    }));
    for (const key of await this.kms.unwrap(tenantId, keys)) wipe(key);
    pruneCopies(this.options.copies);
    this.step('rotation:copy-read-back');
  }

  private async move(tenantId: string, from: KekState, phase: KekPhase): Promise<KekState> {
    await this.store.moveKek(tenantId, from, { ...from, phase });
    return this.current(tenantId);
  }

  /** What is in force now, whoever put it there. */
  private async current(tenantId: string): Promise<KekState> {
    const state = await this.store.kekState(tenantId);
    if (state === undefined) throw overtaken();
    return state;
  }

  private step(name: (typeof ROTATION_STEPS)[number]): void {
    this.options.onStep?.(name);
  }
}

function overtaken(): UnexpectedError {
  return new UnexpectedError('privacy.rotation-overtaken', 'Another rotation of this tenant is under way; try again.');
}
