import { Column, type ColumnOptions, Entity, PrimaryColumn } from 'typeorm';

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
    (flags.primary ? PrimaryColumn : Column)(options as never)(target, property);
  };
}

/** `tenantId` -> `tenant_id`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** An entity describes one table for migrations, manifest and the drift test; rows are read by hand-written SQL. */
export const Table = (name: string): ClassDecorator => Entity({ name, synchronize: false });
export const IdColumn = (flags: ColumnFlags = {}): PropertyDecorator => column('varchar', flags, 36);
export const CodeColumn = (length = 64, flags: ColumnFlags = {}): PropertyDecorator => column('varchar', flags, length);
export const TextColumn = (length = 200, flags: ColumnFlags = {}): PropertyDecorator =>
  column('varchar', flags, length);
export const LongTextColumn = (flags: ColumnFlags = {}): PropertyDecorator => column('text', flags);
export const IntColumn = (flags: ColumnFlags = {}): PropertyDecorator => column('int', flags);
export const BytesColumn = (flags: ColumnFlags = {}): PropertyDecorator => column('blob', flags);
