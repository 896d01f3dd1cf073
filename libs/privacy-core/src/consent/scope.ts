import { isPurpose, type Purpose } from '../declaration/facets.js';
import { type Activity, type ActivityField, RECIPIENT } from '../register/activity.js';
import { type FieldCode, fieldDefinition } from '../register/fields.js';

/** The kinds of consent, which never stand in one act (P-0105, P-0402, P-0903). */
export type ConsentType = 'ordinary' | 'separate' | 'guardian';

/**
 * What one consent is about, and nothing more than that:
 * `purpose/<purpose>`, `field/<purpose>/<field>`, `sensitive/<purpose>/<field>`, `provide/<recipient>`,
 * `publish/<field>`, `abroad/<recipient>`, `guardian/<purpose>`. `publish` and `abroad` are reserved: they can be written
 * down and decided about, and nothing in the product publishes or sends abroad yet.
 */
export type ConsentScope = string & { readonly __scope?: never };

/** A scope in its parts. */
export type ScopeParts =
  | { readonly type: 'ordinary'; readonly about: 'purpose'; readonly purpose: Purpose }
  | { readonly type: 'ordinary'; readonly about: 'field'; readonly purpose: Purpose; readonly field: FieldCode }
  | { readonly type: 'separate'; readonly about: 'sensitive'; readonly purpose: Purpose; readonly field: FieldCode }
  | { readonly type: 'separate'; readonly about: 'publish'; readonly field: FieldCode }
  | { readonly type: 'separate'; readonly about: 'provide' | 'abroad'; readonly recipient: string }
  | { readonly type: 'guardian'; readonly about: 'guardian'; readonly purpose: Purpose };

/** The consent of a function as a whole. */
export const purposeScope = (purpose: Purpose): ConsentScope => `purpose/${purpose}`;

/** The consent that a conversation rests on; its text is the notice that the inbox has published. */
export const CONVERSATION_SCOPE: ConsentScope = purposeScope('support-conversation');

/** The consent of a minor's guardian to a function. */
export const guardianScope = (purpose: Purpose): ConsentScope => `guardian/${purpose}`;

/** The one consent that a field of a function rests on. */
export function fieldScope({ purpose }: Pick<Activity, 'purpose'>, { field, consent }: ActivityField): ConsentScope {
  switch (consent) {
    case 'with-purpose':
      return purposeScope(purpose);
    case 'own':
      return `field/${purpose}/${field}`;
    case 'separate':
      return `sensitive/${purpose}/${field}`;
  }
}

/** The parts of a scope, or undefined for anything that is none. */
export function parseScope(scope: unknown): ScopeParts | undefined {
  if (typeof scope !== 'string') return undefined;
  const [about, first, second, ...rest] = scope.split('/');
  if (first === undefined || rest.length > 0) return undefined;
  if (second === undefined) return shortScope(about, first);
  const field = fieldDefinition(second)?.code;
  if (!isPurpose(first) || !field) return undefined;
  if (about === 'field') return { type: 'ordinary', about, purpose: first, field };
  if (about === 'sensitive') return { type: 'separate', about, purpose: first, field };
  return undefined;
}

function shortScope(about: string | undefined, word: string): ScopeParts | undefined {
  if (about === 'purpose' && isPurpose(word)) return { type: 'ordinary', about, purpose: word };
  if (about === 'guardian' && isPurpose(word)) return { type: 'guardian', about, purpose: word };
  const field = fieldDefinition(word)?.code;
  if (about === 'publish' && field) return { type: 'separate', about, field };
  if ((about === 'provide' || about === 'abroad') && RECIPIENT.test(word)) {
    return { type: 'separate', about, recipient: word };
  }
  return undefined;
}
