import type { KeyGroup } from '@libs/privacy-core';
import type { GroupKeyRow, KekPhase, KekState, SubjectKeyRow, TenantKeyRow, WrappedRow } from './key-store.port.js';

const ID_CHUNK = 400;

/** A row as either driver returns it. */
export interface Row {
  readonly [column: string]: string | number | Uint8Array | null;
}

/** Parts short enough for one IN list. */
export function chunks(values: readonly string[]): readonly (readonly string[])[] {
  const parts: (readonly string[])[] = [];
  for (let at = 0; at < values.length; at += ID_CHUNK) parts.push(values.slice(at, at + ID_CHUNK));
  return parts;
}

/** A text column. */
export function text(value: Row[string] | undefined): string {
  return String(value);
}

function bytes(value: Row[string] | undefined): Buffer {
  return Buffer.from(value as Uint8Array);
}

function bytesOrNull(value: Row[string] | undefined): Buffer | null {
  return value === null || value === undefined ? null : bytes(value);
}

/** keystore_subject_key. */
export function toSubject(row: Row): SubjectKeyRow {
  return {
    subjectId: text(row.subject_id),
    state: text(row.state) as SubjectKeyRow['state'],
    kekVersion: Number(row.kek_version),
    wrapped: bytesOrNull(row.wrapped),
  };
}

/** keystore_group_key. */
export function toGroup(row: Row): GroupKeyRow {
  return { subjectId: text(row.subject_id), group: text(row.group_name) as KeyGroup, wrapped: bytes(row.wrapped) };
}

/** keystore_tenant_key. */
export function toTenantKey(row: Row): TenantKeyRow {
  return {
    name: text(row.name),
    state: text(row.state) as TenantKeyRow['state'],
    kekVersion: Number(row.kek_version),
    wrapped: bytesOrNull(row.wrapped),
  };
}

/** A row of either kind for the rotation. */
export function toWrapped(row: Row): WrappedRow {
  return {
    kind: text(row.kind) as WrappedRow['kind'],
    id: text(row.id),
    kekVersion: Number(row.kek_version),
    wrapped: bytes(row.wrapped),
  };
}

/** keystore_kek_state. */
export function toKekState(row: Row): KekState {
  return { version: Number(row.current_version), phase: text(row.phase) as KekPhase, since: Number(row.since) };
}

/** What SQLite answers of many people at once: a row costs it more than its text. */
export const PACKED_SQL = {
  subjects:
    'SELECT json_group_array(json_array(subject_id, state, kek_version, hex(wrapped))) AS found ' +
    'FROM keystore_subject_key WHERE tenant_id = ? AND subject_id IN (SELECT value FROM json_each(?))',
  groups:
    'SELECT json_group_array(json_array(subject_id, group_name, hex(wrapped))) AS found FROM keystore_group_key ' +
    'WHERE tenant_id = ? AND subject_id IN (SELECT value FROM json_each(?)) ' +
    'AND group_name IN (SELECT value FROM json_each(?))',
} as const;

type PackedRow = readonly (string | number)[];

/** A row of `PACKED_SQL.subjects`; without bytes where the keys are destroyed. */
export function unpackSubject([id, state, version, wrapped]: PackedRow): SubjectKeyRow {
  return {
    subjectId: id as string,
    state: state as SubjectKeyRow['state'],
    kekVersion: version as number,
    wrapped: wrapped === '' ? null : Buffer.from(wrapped as string, 'hex'),
  };
}

/** A row of `PACKED_SQL.groups`. */
export function unpackGroup([id, group, wrapped]: PackedRow): GroupKeyRow {
  return { subjectId: id as string, group: group as KeyGroup, wrapped: Buffer.from(wrapped as string, 'hex') };
}
