import { UserError } from '@libs/kernel';
import type { ConsentAct, PersonalCell } from '@libs/privacy';
import { DEFAULT_REGISTER, type Purpose, type Register } from '@libs/privacy-core';
import { ConsentModel } from './model.js';
import type { ConsentProcess, Processes } from './processes.js';

/** What nobody is served without. */
export const BASIC = 'purpose/support-conversation';

/** What the run is about: a step after which product and model differ. */
export class Difference extends Error {}

/** One workspace as a run knows it: who is in it, what was done, and the model of it. */
export class World {
  readonly model = new ConsentModel();
  /** Ids of the people; the model calls them by their index. */
  readonly ids: string[] = [];
  readonly cells: PersonalCell[][] = [];
  /** Acts of agreeing that were taken. */
  readonly sent: ConsentAct[] = [];
  register: Register = DEFAULT_REGISTER;
  /** True while both processes have read the feed since the last change. */
  isSettled = true;

  constructor(
    readonly processes: Processes,
    readonly tenantId: string,
  ) {}

  /** A write of one person's data, with its entry in the journal. */
  async submit(
    { committer }: ConsentProcess,
    purpose: Purpose,
    subjectId: string,
    steps: Parameters<ConsentProcess['committer']['submit']>[0]['steps'],
  ): Promise<true> {
    await committer.submit({
      tenantId: this.tenantId,
      actor: { kind: 'system', id: 'test' },
      purpose,
      correlationId: 'model',
      steps,
      journal: [{ kind: 'test.wrote.v1', subjectId, resource: `subject:${subjectId}`, fields: 'id', commitment: null }],
    });
    return true;
  }
}

/** What a promise gives, or the code of its refusal. Anything but a refusal is thrown on. */
export async function accepted<T>(promise: Promise<T>): Promise<T | string> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
}
