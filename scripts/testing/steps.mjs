/** Tests and steps counted alike: a step is one test that passed or failed. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  #lines = [];

  constructor(print) {
    this.print = print;
  }

  /** Runs one step, prints how long it took and its output when it failed. True when it passed. */
  async step(name, work) {
    const started = performance.now();
    const outcome = await work().catch((error) => ({ ok: false, output: String(error?.message ?? error) }));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (!outcome.ok && outcome.output) this.print(outcome.output.trimEnd());
    this.note(outcome.ok ? 'passed' : 'failed', `${name} (${seconds} s)`);
    return outcome.ok;
  }

  /** Counts something that was found without running it. */
  note(result, text) {
    this[result] += 1;
    const line = `[${result}] ${text}`;
    this.#lines.push(line);
    this.print(line);
  }

  /** Says something that counts for nothing, now and in the summary. */
  remark(text) {
    this.#lines.push(text);
    this.print(text);
  }

  /** Adds what a test run counted. */
  add({ passed, failed, skipped }) {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
  }

  /** All steps once more, for the end of a long output. */
  get summary() {
    return this.#lines.join('\n');
  }

  /** The last line of `npm test`. */
  get closingLine() {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
  }

  get exitCode() {
    return this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}
