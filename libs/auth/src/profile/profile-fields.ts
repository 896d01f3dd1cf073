import { PROFILE_FIELDS, type ProfileField } from '@libs/contracts';
import { FieldsRefusedError, InvalidInputError } from '@libs/http';
import { type FieldSpec, field } from '@libs/privacy';
import { plainText } from '../logins/plain-name.js';
import { permissionsOf } from '../members/roles.js';

/** Fields that lie in `auth_profile`; all are optional. */
export type OptionalField = Exclude<ProfileField, 'displayName' | 'email' | 'mobile'>;

const TABLE = 'auth_profile';
const OWN_PURPOSES = ['service-account'] as const;

/** What visitors see of a member, where one was chosen (F-0105). */
export const NICKNAME = field('auth_profile', 'nickname_sealed', 'identity', [
  'service-account',
  'support-conversation',
]);

/** Where each optional field lies and how long it may be. */
export const OPTIONAL_FIELDS: Readonly<Record<OptionalField, { readonly spec: FieldSpec; readonly most: number }>> = {
  nickname: { spec: NICKNAME, most: 40 },
  realName: { spec: field(TABLE, 'real_name_sealed', 'identity', OWN_PURPOSES), most: 60 },
  telephone: { spec: field(TABLE, 'telephone_sealed', 'contact', OWN_PURPOSES), most: 40 },
  fax: { spec: field(TABLE, 'fax_sealed', 'contact', OWN_PURPOSES), most: 40 },
  contactAddress: { spec: field(TABLE, 'contact_address_sealed', 'contact', OWN_PURPOSES), most: 200 },
  region: { spec: field(TABLE, 'region_sealed', 'contact', OWN_PURPOSES), most: 80 },
  position: { spec: field(TABLE, 'position_sealed', 'identity', OWN_PURPOSES), most: 80 },
  interest: { spec: field(TABLE, 'interest_sealed', 'identity', OWN_PURPOSES), most: 200 },
};

const MOST_OF_DISPLAY_NAME = 60;
/** Changed with proof of identity, each at a door of its own. */
const PROVEN: readonly ProfileField[] = ['email', 'mobile'];

/** Fields that this role cannot change here: a position is the workspace's word about somebody, so an admin sets it. */
export function lockedFields(role: string): readonly ProfileField[] {
  return permissionsOf(role).has('members:manage') ? PROVEN : ['position', ...PROVEN];
}

/** The fields of an edit in the form in which they are kept; null empties one. */
export type CheckedFields = ReadonlyMap<OptionalField | 'displayName', string | null>;

/** Refuses locked fields by name (403), and values that cannot be shown as they are (422). */
export function checkFields(fields: Readonly<Partial<Record<string, string | null>>>, role: string): CheckedFields {
  const given = PROFILE_FIELDS.filter((name) => fields[name] !== undefined);
  const locked = lockedFields(role);
  const refused = given.filter((name) => locked.includes(name));
  if (refused.length > 0) {
    const refusals = refused.map((name) => ({ field: name, reason: 'locked' }));
    throw new FieldsRefusedError('account.field-locked', 'Some fields are changed elsewhere or by an admin.', refusals);
  }
  const checked = new Map<OptionalField | 'displayName', string | null>();
  const faults: { field: string; rule: string }[] = [];
  for (const name of given as (OptionalField | 'displayName')[]) {
    const value = fields[name] ?? '';
    const most = name === 'displayName' ? MOST_OF_DISPLAY_NAME : OPTIONAL_FIELDS[name].most;
    const plain = plainText(value, most);
    if ('value' in plain) checked.set(name, plain.value);
    else if (plain.rule === 'isNotEmpty' && name !== 'displayName') checked.set(name, null);
    else faults.push({ field: `fields.${name}`, rule: plain.rule });
  }
  if (faults.length > 0) throw new InvalidInputError(faults, 'account.profile-invalid');
  return checked;
}
