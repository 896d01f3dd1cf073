import { declareStore } from '@libs/privacy-core';

for (const name of [
  'account.login-created.v1',
  'account.member-created.v1',
  'account.notice-confirmed.v1',
  'account.password-changed.v1',
  'account.sign-in-locked.v1',
  'account.signed-in.v1',
  'account.signed-out.v1',
]) {
  declareStore({ store: 'event', name, fields: {} });
}
