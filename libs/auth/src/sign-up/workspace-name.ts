import { nameInvalid } from '../auth.errors.js';
import { plainText } from '../logins/plain-name.js';

const MOST = 100;

/** The name of a workspace as it is kept; `field` is where it was typed. Refuses with `account.workspace-name-invalid`. */
export function workspaceName(field: string, text: string): string {
  const checked = plainText(text, MOST);
  if ('rule' in checked) throw nameInvalid('account.workspace-name-invalid', field, checked.rule);
  return checked.value;
}
