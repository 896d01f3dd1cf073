import { declareStore } from '@libs/privacy-core';

for (const name of [
  'account.agreed.v1',
  'account.email-changed.v1',
  'account.mobile-changed.v1',
  'account.profile-changed.v1',
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
