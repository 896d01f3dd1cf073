import { createHash } from 'node:crypto';

/** SHA-256 over bytes that come in parts: files of any size, which are no secret themselves. */
export class FileHash {
  private readonly hash = createHash('sha256');

  update(bytes: Uint8Array): void {
    this.hash.update(bytes);
  }

  /** Ends it; may be called once. */
  hex(): string {
    return this.hash.digest('hex');
  }
}
