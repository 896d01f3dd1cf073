import { field } from '@libs/privacy';

/** Where the e-mail of a login lies. */
export const EMAIL = field('auth_login', 'email_sealed', 'contact', ['service-account', 'security']);
/** Where its mobile number lies. */
export const MOBILE = field('auth_login', 'mobile_sealed', 'contact', ['service-account', 'security']);
