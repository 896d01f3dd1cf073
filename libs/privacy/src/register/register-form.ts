import { POLICY_ROLES, type Register, undeclaredPaths } from '@libs/privacy-core';
import { REGISTER_SHAPE } from './register.shape.js';

const KINDS = ['basic', 'extended'];
const CONSENTS = ['with-purpose', 'own', 'separate'];
const VISIBILITIES = ['plain', 'masked', 'none'];
const RETAINS = [
  'conversation',
  'profile',
  'service-account',
  'service-session',
  'consent-evidence',
  'network-log',
  'transaction',
  'request-record',
  'audit',
];

type Part = Readonly<Record<string, unknown>>;

/** True for a value that has exactly the parts of a register, each of its kind; what they say is judged by the rules. */
export function isRegister(value: unknown): value is Register {
  if (!isPart(value) || undeclaredPaths(REGISTER_SHAPE, value).length > 0) return false;
  const { activities, fields, allowedBases } = value;
  return (
    isList(activities, isActivity) && isList(fields, isPolicy) && isList(allowedBases, (one) => typeof one === 'string')
  );
}

function isActivity({ purpose, kind, enabled, basis, basisNote, ...rest }: Part): boolean {
  return (
    [purpose, basis, basisNote].every((text) => typeof text === 'string') &&
    String(basisNote).length <= 200 &&
    KINDS.includes(String(kind)) &&
    typeof enabled === 'boolean' &&
    RETAINS.includes(String(rest.retain)) &&
    typeof rest.retainMonths === 'number' &&
    isList(rest.recipients, (one) => typeof one === 'string') &&
    isList(rest.fields, ({ field, consent }: Part) => typeof field === 'string' && CONSENTS.includes(String(consent)))
  );
}

function isPolicy({ field, tier, roles }: Part): boolean {
  return (
    typeof field === 'string' &&
    typeof tier === 'string' &&
    isPart(roles) &&
    POLICY_ROLES.every((role) => VISIBILITIES.includes(String(roles[role])))
  );
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lists of a register are short; a longer one is no register. */
function isList<T>(value: unknown, isEntry: (entry: T) => boolean): boolean {
  return Array.isArray(value) && value.length <= 100 && value.every((entry) => isEntry(entry as T));
}
