import { type JsonSchema, notPersonal } from '@libs/privacy-core';

const code = notPersonal('code of a closed list');
const number = notPersonal('number of the instructions');

/** Everything that a version of the register may hold. */
export const REGISTER_SHAPE: JsonSchema = {
  'activities[].purpose': code,
  'activities[].kind': code,
  'activities[].enabled': notPersonal('whether the function is on'),
  'activities[].basis': code,
  'activities[].basisNote': notPersonal('reference to a law, written by the controller'),
  'activities[].fields[].field': code,
  'activities[].fields[].consent': code,
  'activities[].recipients[]': notPersonal('code of a company of the processor directory'),
  'activities[].retain': code,
  'activities[].retainMonths': number,
  'activities[].consentVersion': number,
  'fields[].field': code,
  'fields[].tier': code,
  'fields[].roles.owner': code,
  'fields[].roles.admin': code,
  'fields[].roles.supervisor': code,
  'fields[].roles.agent': code,
  'fields[].roles.privacy-officer': code,
  'allowedBases[]': code,
};
