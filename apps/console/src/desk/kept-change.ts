import type { RegisterContent } from '@libs/contracts';

/**
 * A change that waits for its second person. The approval holds for exactly this content, which the server knows only
 * by its hash: whoever asked keeps it in this page until it is applied; nothing is written to the device.
 */
export interface KeptChange {
  readonly baseVersion: number;
  readonly register: RegisterContent;
  readonly note: string;
}

const kept = new Map<string, KeptChange>();

export function keepChange(approvalId: string, change: KeptChange): void {
  kept.set(approvalId, change);
}

export function keptChange(approvalId: string): KeptChange | undefined {
  return kept.get(approvalId);
}

export function dropChange(approvalId: string): void {
  kept.delete(approvalId);
}
