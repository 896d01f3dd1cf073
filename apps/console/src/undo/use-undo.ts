import { UndoSlot } from './undo-slot.js';

export const undoSlot = new UndoSlot();

/** What an act that can be taken back tells. */
export interface Undo {
  /**
   * Says what was done (`已解决`) and offers to take it back for 8 s, by button and key U. Call it when the server has
   * agreed. `undo` rejects where it was refused; the toast then says that it could not be taken back.
   */
  offer(text: string, undo: () => Promise<void>): void;
}

const UNDO: Undo = { offer: (text, undo) => undoSlot.offer(text, undo) };

/** Rung 0 and 1 of acts: done at once, and undone as easily. */
export function useUndo(): Undo {
  return UNDO;
}
