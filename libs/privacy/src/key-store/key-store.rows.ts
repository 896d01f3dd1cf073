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
