/** Rows a transaction, on average, from which on the thread is worth its two changes of thread, and below which it is not. */
const [MANY, FEW] = [110, 50];
/** How much of the average the last transaction is. */
const WEIGHT = 1 / 8;

/** Says where a transaction that only adds rows is committed. */
export interface CommitPlace {
  /** True: on the thread. Asked once for each such transaction, with its rows. */
  onThread(rows: number): boolean;
}

/**
 * Small transactions are committed where they are made: waiting for another thread to get a processor takes longer than
 * the commit, and that is what most messages of a calm hour would wait for. Under load a transaction gathers many rows,
 * and then the thread lets the loop go on meanwhile. The two bounds lie apart, so that one burst changes nothing.
 */
export class PlaceByLoad implements CommitPlace {
  private average = 0;
  private busy = false;

  onThread(rows: number): boolean {
    this.average += (rows - this.average) * WEIGHT;
    if (this.average > MANY) this.busy = true;
    else if (this.average < FEW) this.busy = false;
    return this.busy;
  }
}
