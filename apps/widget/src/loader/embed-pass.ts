import type { PassGranted } from '@libs/contracts';

const LONGEST_LIFE_MS = 9 * 60_000;
const SHORTEST_LIFE_MS = 30_000;

/** A pass and how long to trust it by this computer's stopwatch: its clock may be wrong by hours. */
export interface HeldPass {
  readonly pass: string;
  readonly lifeMs: number;
}

/** `refused`: this page may not show the widget. `undefined`: no answer, try later. */
export async function fetchPass(base: string, inbox: string): Promise<HeldPass | 'refused' | undefined> {
  try {
    const response = await fetch(`${base}/api/v1/chat/widget/passes`, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ inbox }),
    });
    if (response.status === 403 || response.status === 404) return 'refused';
    if (!response.ok) return undefined;
    const { pass, expiresAt } = (await response.json()) as PassGranted;
    const lifeMs = Math.min(Math.max(expiresAt - Date.now() - 60_000, SHORTEST_LIFE_MS), LONGEST_LIFE_MS);
    return { pass, lifeMs };
  } catch {
    return undefined;
  }
}
