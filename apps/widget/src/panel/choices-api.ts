import type { AllWithdrawn, ChoiceMade, PersonalChoices } from '@libs/contracts';

/** Whose choices: the inbox and the visitor's token. */
export interface Caller {
  readonly inbox: string;
  readonly token: string;
}

export type ChoicesAnswer = PersonalChoices | { readonly code: string };

const CHOICES = '/api/v1/chat/widget/choices';

export function fetchChoices(caller: Caller, locale: string): Promise<ChoicesAnswer> {
  return ask(caller, '', `&locale=${locale}`);
}

export function decide(caller: Caller, made: ChoiceMade): Promise<ChoicesAnswer> {
  return ask(caller, '', '', made);
}

export function withdrawAll(caller: Caller, body: AllWithdrawn): Promise<ChoicesAnswer> {
  return ask(caller, '/withdraw-all', '', body);
}

/** Rejects when nobody can know whether the server heard it. */
async function ask({ inbox, token }: Caller, path: string, query: string, body?: object): Promise<ChoicesAnswer> {
  const response = await fetch(`${CHOICES}${path}?inbox=${encodeURIComponent(inbox)}${query}`, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    credentials: 'omit',
    cache: 'no-store',
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
  });
  const answer: unknown = await response.json();
  if (typeof answer !== 'object' || answer === null) throw new Error('not an answer');
  if (response.ok) return answer as PersonalChoices;
  if ('code' in answer && typeof answer.code === 'string' && response.status < 500) return { code: answer.code };
  throw new Error(`answer ${response.status}`);
}
