import { declareStore, notPersonal } from '@libs/privacy-core';

for (const name of [
  'account.code-refused.v1',
  'account.code-requested.v1',
  'account.code-taken.v1',
  'account.password-reset.v1',
  'account.reset-made.v1',
  'account.reset-used.v1',
  'account.agreed.v1',
  'account.email-changed.v1',
  'account.mobile-changed.v1',
  'account.profile-changed.v1',
  'account.login-created.v1',
  'account.invitation-accepted.v1',
  'account.invitation-declined.v1',
  'account.invitation-expired.v1',
  'account.invitation-revoked.v1',
  'account.invitation-sent-again.v1',
  'account.member-created.v1',
  'account.member-enabled.v1',
  'account.member-invited.v1',
  'account.member-role-changed.v1',
  'account.notice-confirmed.v1',
  'account.password-changed.v1',
  'account.login-frozen.v1',
  'account.recovery-code-used.v1',
  'account.recovery-codes-renewed.v1',
  'account.second-factor-enrolled.v1',
  'account.second-factor-offered.v1',
  'account.second-factor-removed.v1',
  'account.second-step-failed.v1',
  'account.sign-in-locked.v1',
  'account.sign-in-unusual.v1',
  'account.signed-in.v1',
  'account.signed-out.v1',
]) {
  declareStore({ store: 'event', name, fields: {} });
}

declareStore({
  store: 'event',
  name: 'account.member-disabled.v1',
  fields: { handOverTo: notPersonal('pseudonym of the member who gets the work, or null') },
});
