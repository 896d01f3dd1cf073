import { type JsonSchema, notPersonal } from '@libs/privacy-core';

const code = notPersonal('code of a closed list');

/** Everything that an approval may hold about what it would loosen. */
export const LOOSENING_SHAPE: JsonSchema = {
  '[].field': code,
  '[].aspect': code,
  '[].of': code,
  '[].before': code,
  '[].after': code,
};
