/**
 * The reads of sign-in that no single tenant can contain (design 1.1). Each is run as it stands here, so that the query
 * gate can know it by its text.
 */

/** Which tenant is the platform: needed before any tenant is known. */
export const PLATFORM_TENANT = "SELECT id FROM tenant_tenant WHERE slug = 'platform'";

/** Choice of workspace: named among the exemptions of the query gate. */
export { MEMBERS_OF_LOGIN } from '@libs/database';
