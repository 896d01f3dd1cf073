import type { KeyGroup } from '@libs/privacy-core';
import { joinAad } from '@libs/privacy-core';
import type { WrappedRow } from '../key-store/key-store.port.js';

/** What a wrapped subject key is bound to. */
export function subjectKeyAad(tenantId: string, subjectId: string): string {
  return joinAad(['subject-key', tenantId, subjectId]);
}

/** What a wrapped group key is bound to. */
export function groupKeyAad(tenantId: string, subjectId: string, group: KeyGroup): string {
  return joinAad(['group-key', tenantId, subjectId, group]);
}

/** What a wrapped tenant key is bound to. */
export function tenantKeyAad(tenantId: string, name: string): string {
  return joinAad(['tenant-key', tenantId, name]);
}

/** The same for a row of either kind. */
export function wrappedRowAad(tenantId: string, row: Pick<WrappedRow, 'kind' | 'id'>): string {
  return row.kind === 'subject' ? subjectKeyAad(tenantId, row.id) : tenantKeyAad(tenantId, row.id);
}
