import type { Ground, WithheldReason } from '../consent/ground.js';
import type { Visibility } from '../register/activity.js';

/** How a value may show itself to one caller: the decision before anything is decrypted. */
export type FaceDecision =
  | { readonly face: 'plain' | 'masked' }
  | { readonly face: 'no-permission' }
  | { readonly face: 'withheld'; readonly reason: WithheldReason };

/** The face of a value: first the ground, then what the caller's role may see. */
export function faceFor(ground: Ground, visibility: Visibility): FaceDecision {
  if (!ground.allowed) return { face: 'withheld', reason: ground.reason };
  if (visibility === 'none') return { face: 'no-permission' };
  return { face: visibility };
}
