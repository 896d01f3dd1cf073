import type { RegisterContent } from '@libs/contracts';

/**
 * A change that waits for its second person. The approval holds for exactly this content, which the server knows only
 * by its hash: whoever asked keeps it on this device until it is applied. It says how data is handled, nothing about
 * any person.
 */
export interface KeptChange {
  readonly baseVersion: number;
  readonly register: RegisterContent;
  readonly note: string;
}

const KEY = 'custodia.register-change.';

export function keepChange(approvalId: string, change: KeptChange): void {
  try {
    localStorage.setItem(KEY + approvalId, JSON.stringify(change));
  } catch {
    // Storage refused: the change then has to be submitted again, which the approvals page says.
  }
}

export function keptChange(approvalId: string): KeptChange | undefined {
  try {
    const text = localStorage.getItem(KEY + approvalId);
    return text === null ? undefined : (JSON.parse(text) as KeptChange);
  } catch {
    return undefined;
  }
}

export function dropChange(approvalId: string): void {
  try {
    localStorage.removeItem(KEY + approvalId);
  } catch {
    // See `keepChange`.
  }
}
