import { closeSync, createReadStream, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { OperationalError } from '@libs/kernel';
import { sha256Hex } from '@libs/privacy-core';
import { makePrivateFolder, syncFolder, writeWhole } from '../durable/durable-file.js';
import { withExclusiveLock } from '../durable/exclusive-lock.js';
import type { DestructionLedger, LedgerEntry } from './destruction.ports.js';

const PRIVATE_FILE = 0o600;
const START = 'start';

interface Line {
  readonly entry: LedgerEntry;
  /** Hash over the previous line's hash and this entry. */
  readonly hash: string;
}

/**
 * The ledger of the embedded product: one line per step, appended and synced, each bound to the one before. A line that
 * a crash left torn was never acknowledged and is passed over; a damaged or missing acknowledged line is noticed.
 */
export class FileDestructionLedger implements DestructionLedger {
  constructor(private readonly path: string) {}

  async append(entry: LedgerEntry): Promise<void> {
    makePrivateFolder(dirname(this.path));
    withExclusiveLock(`${this.path}.lock`, () => this.appendLocked(entry));
  }

  async *entries(): AsyncIterable<LedgerEntry> {
    if (!existsSync(this.path)) return;
    const chain = new Chain(this.path);
    for await (const text of createInterface({ input: createReadStream(this.path) })) {
      const line = chain.take(text);
      if (line) yield line.entry;
    }
    chain.finish();
  }

  private appendLocked(entry: LedgerEntry): void {
    const content = existsSync(this.path) ? readFileSync(this.path, 'utf8') : '';
    const chain = new Chain(this.path);
    for (const text of content.split('\n')) {
      const known = chain.take(text)?.entry;
      if (known && sameStep(known, entry)) return;
    }
    chain.finish();
    const line: Line = { entry, hash: hashOf(chain.last, entry) };
    // Ends a torn line first, so that it cannot swallow this one.
    const start = content === '' || content.endsWith('\n') ? '' : '\n';
    const descriptor = openSync(this.path, 'a', PRIVATE_FILE);
    try {
      writeWhole(descriptor, Buffer.from(`${start}${JSON.stringify(line)}\n`, 'utf8'));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (content === '') syncFolder(dirname(this.path));
  }
}

/** Follows the chain through the lines of a file. */
class Chain {
  last = START;
  private broken: string | undefined;

  constructor(private readonly path: string) {}

  take(text: string): Line | undefined {
    const line = parse(text);
    if (line === undefined) return undefined;
    if (line.hash !== hashOf(this.last, line.entry)) this.broken = text;
    this.last = line.hash;
    return line;
  }

  /** A break is told at the end: everything that can be read has been handed out and can be destroyed again. */
  finish(): void {
    if (this.broken === undefined) return;
    throw new OperationalError('privacy.ledger-damaged', `${this.path} is damaged: restore it before starting.`);
  }
}

function parse(text: string): Line | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'hash' in parsed ? (parsed as Line) : undefined;
  } catch {
    return undefined;
  }
}

function hashOf(previous: string, { tenantId, subjectId, step, at }: LedgerEntry): string {
  return sha256Hex(JSON.stringify([previous, tenantId, subjectId, step, at]));
}

function sameStep(a: LedgerEntry, b: LedgerEntry): boolean {
  return a.tenantId === b.tenantId && a.subjectId === b.subjectId && a.step === b.step;
}
