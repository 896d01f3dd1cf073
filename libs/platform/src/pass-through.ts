import type { PersonalValue } from '@libs/contracts';
import { type JournalEntry, type Placed, type Step, StepKind } from '@libs/database';
import { JournalStep } from '@libs/events';
import { type GateParts, type PersonalCell, PersonalGate, type PersonalWrite, type Reader } from '@libs/privacy';
import type { FieldCode, Ground } from '@libs/privacy-core';

const OPEN: Ground = { allowed: true, basis: 'L-CONTRACT' };
const EMPTY: PersonalValue = { face: 'empty' };

class NoCheck extends StepKind<PersonalWrite, undefined> {
  readonly name = 'no-check';
  readonly order = 12;

  load(): undefined {
    return undefined;
  }

  decide(): undefined {
    return undefined;
  }

  apply(): void {}

  write(): void {}
}

/**
 * The gate of the benchmark's counterpart (`CUSTODIA_BENCH_PASSTHROUGH`, refused outside of the bench profile): no
 * consent, no mask, no account. What the real one costs is the difference.
 */
export class PassThroughGate extends PersonalGate {
  private readonly unchecked = new NoCheck();

  constructor(private readonly ports: GateParts) {
    super(ports);
  }

  override async faces(
    { tenantId, purpose }: Reader,
    rows: readonly (readonly PersonalCell[])[],
  ): Promise<readonly (readonly PersonalValue[])[]> {
    const { cipher } = this.ports;
    const shown = ({ subjectId, spec, row, sealed }: PersonalCell): PersonalValue =>
      sealed === null ? EMPTY : { face: 'plain', value: cipher.open(tenantId, subjectId, spec, row, sealed, purpose) };
    return rows.map((row) => row.map(shown));
  }

  override async grounds<F extends FieldCode>(
    ...[, , , fields]: Parameters<PersonalGate['grounds']>
  ): Promise<ReadonlyMap<F, Ground>> {
    return new Map((fields as readonly F[]).map((field) => [field, OPEN]));
  }

  override async decisions(
    ...[, subjectIds, fields]: Parameters<PersonalGate['decisions']>
  ): ReturnType<PersonalGate['decisions']> {
    const plain = new Map(fields.map((field) => [field, { face: 'plain' } as const]));
    return new Map(subjectIds.map((id) => [id, plain]));
  }

  override async load(): Promise<void> {}

  override step(write: PersonalWrite): Step {
    return this.unchecked.step(write);
  }
}

/** The journal of the same counterpart: messages leave no row. What opens a conversation does, for lists follow it. */
export class PassThroughJournal extends JournalStep {
  override apply(state: Parameters<JournalStep['apply']>[0], placed: Placed<JournalEntry>): void {
    if (!placed.item.kind.startsWith('chat.message-')) super.apply(state, placed);
  }
}
