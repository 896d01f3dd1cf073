import type { SubjectRows } from './destruction.ports.js';

/**
 * Who erases rows about a person, in whichever process. Closed and known to all of them: a process that has only some
 * must not tell that a person is gone.
 */
export const ERASERS = ['network-log', 'desk', 'auth', 'chat', 'crm'] as const;
/** Name of one of them. */
export type EraserName = (typeof ERASERS)[number];

/** Erases the rows of one owner. */
export interface NamedEraser extends SubjectRows {
  readonly name: EraserName;
}

/** Which erasers have run for whom: beside the rows, so that a restored backup tells the truth about both. */
export interface ErasureRuns {
  ran(tenantId: string, subjectId: string): Promise<ReadonlySet<string>>;
  noteRun(tenantId: string, subjectId: string, name: EraserName): Promise<void>;
}

/** The erasers of a process; a new store adds its own. */
export class SubjectErasers {
  private readonly erasers: NamedEraser[] = [];

  constructor(private readonly runs: ErasureRuns) {}

  /** Names of those that this process has. */
  get names(): readonly EraserName[] {
    return this.erasers.map(({ name }) => name);
  }

  add(eraser: NamedEraser): void {
    this.erasers.push(eraser);
  }

  /** Runs those of this process that have not run; true when none is left in any process. */
  async erase(tenantId: string, subjectId: string): Promise<boolean> {
    const before = await this.runs.ran(tenantId, subjectId);
    for (const eraser of this.erasers.filter(({ name }) => !before.has(name))) {
      await eraser.erase(tenantId, subjectId);
      await this.runs.noteRun(tenantId, subjectId, eraser.name);
    }
    // Read again: other processes have worked meanwhile, and who reads last sees all of them.
    const after = await this.runs.ran(tenantId, subjectId);
    return ERASERS.every((name) => after.has(name));
  }
}
