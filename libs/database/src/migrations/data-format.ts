import { UserError } from '@libs/kernel';
import type { MigrationInterface } from 'typeorm';

/** Format of the data: a program that knows less refuses to open them. */
export const DATA_FORMAT = 3;

/**
 * Changes nothing. That it was done tells an older program that it cannot read everything here: a data folder has a file
 * for that, a database server only this. Each new format brings one of its own, `DataFormat<number><unix ms>`.
 */
export class DataFormat31790000000284 implements MigrationInterface {
  async up(): Promise<void> {}
  async down(): Promise<void> {}
}

const MARK = /^DataFormat(\d+)\d{13}$/;

/** Throws where one of the migrations that were done belongs to a format of a newer program. */
export function assertFormatOf(migrations: Iterable<string>): void {
  for (const name of migrations) assertFormat('The database', Number(MARK.exec(name)?.[1] ?? 0));
}

/** Throws where `found` is no format that this program knows; `what` begins the sentence. */
export function assertFormat(what: string, found: number): void {
  if (found <= DATA_FORMAT) return;
  throw new UserError(
    'platform.data-too-new',
    `${what} has format ${found}; this program knows up to ${DATA_FORMAT}. Start the newer program.`,
  );
}
