import { UnexpectedError } from '@libs/kernel';

/** People who withdrew the basic consent and wait for their erasure (C-35). */
export class ErasureQueue {
  /** When everything of the person is erased unless they agree again; null when nothing is queued. */
  async dueAt(_tenantId: string, _subjectId: string): Promise<number | null> {
    throw new UnexpectedError('privacy.not-there', 'Comes with the next commit');
  }
}
