import type { ColumnOptions } from 'typeorm';

type TypeOrm = typeof import('typeorm');

/** What the entities declare, until somebody asks TypeORM for it: a running program never does. */
const undeclared: ((typeOrm: TypeOrm) => void)[] = [];

/** Tells TypeORM about every entity that has been imported; for manifest, data map and drift test. */
export async function declareSchema(): Promise<void> {
  const typeOrm = await import('typeorm');
  for (const declare of undeclared.splice(0)) declare(typeOrm);
}

interface ColumnFlags {
  readonly primary?: boolean;
  readonly nullable?: boolean;
}

function column(type: ColumnOptions['type'], flags: ColumnFlags, length?: number): PropertyDecorator {
  return (target, property) => {
    const options = {
      type,
      name: snakeCase(String(property)),
      nullable: flags.nullable ?? false,
      ...(length === undefined ? {} : { length: String(length) }),
    } as ColumnOptions;
    undeclared.push(({ Column, PrimaryColumn }) =>
      (flags.primary ? PrimaryColumn : Column)(options as never)(target, property),
    );
  };
}

/** `tenantId` -> `tenant_id`. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** An entity describes one table for migrations, manifest and the drift test; rows are read by hand-written SQL. */
export const Table =
  (name: string): ClassDecorator =>
  (entity) =>
    void undeclared.push(({ Entity }) => Entity({ name, synchronize: false })(entity));
/** A UUID. */
export const IdColumn = (flags: ColumnFlags = {}): PropertyDecorator => column('varchar', flags, 36);
/** Text of a machine: codes, keys, tokens. */
export const CodeColumn = (length = 64, flags: ColumnFlags = {}): PropertyDecorator => column('varchar', flags, length);
/** Short text of people, e.g. a name chosen by the tenant. */
export const TextColumn = (length = 200, flags: ColumnFlags = {}): PropertyDecorator =>
  column('varchar', flags, length);
/** Long text and JSON. */
export const LongTextColumn = (flags: ColumnFlags = {}): PropertyDecorator => column('text', flags);
/** A whole number; times are ms since the epoch. */
export const IntColumn = (flags: ColumnFlags = {}): PropertyDecorator => column('int', flags);
/** Bytes: ciphertext, hashes. */
export const BytesColumn = (flags: ColumnFlags = {}): PropertyDecorator => column('blob', flags);
