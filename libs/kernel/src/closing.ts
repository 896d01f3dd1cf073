/** What must still be done before the stores of a process close, last added first. */
export class Closing {
  private readonly tasks: (() => Promise<void> | void)[] = [];

  add(task: () => Promise<void> | void): void {
    this.tasks.push(task);
  }

  /** Runs every task, also after one of them failed; rejects with the first failure. */
  async run(): Promise<void> {
    let failure: unknown;
    for (const task of this.tasks.splice(0).reverse()) {
      try {
        await task();
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
  }
}
