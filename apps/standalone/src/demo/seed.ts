import { type Auth, createAuth, MEMBER_NOTICE, type MemberRole } from '@libs/auth';
import { randomToken, randomTokenBytes } from '@libs/kernel';
import { authPorts, type Platform } from '@libs/platform';
import { runInTenant, type SettingName, Tenants } from '@libs/tenancy';
import { InboxAdmin, inboxNotice, type NewInbox } from '../../../chat/src/index.js';
import { DEMO_CONTACT, DEMO_LOOK } from './demo-texts.js';

/** The tenant of whoever runs the platform. */
const PLATFORM_SLUG = 'platform';
/** The demo shop. */
export const DEMO_SLUG = 'demo';

/** Somebody who is to be able to sign in. */
export interface PlannedMember {
  readonly identifier: string;
  readonly displayName: string;
  readonly role: MemberRole;
  /** Has confirmed who can see their work: for programs, which have no screen for it. */
  readonly hasReadNotice?: true;
}

/** Somebody who can sign in; the password is known only now. */
export interface SeededMember {
  readonly identifier: string;
  readonly password: string;
  readonly role: MemberRole;
}

/** What a seed has made. */
export interface Seeded {
  readonly tenantId: string;
  readonly inboxKey: string;
  readonly members: readonly SeededMember[];
}

/** What a seed is to make. */
export interface SeedPlan {
  readonly slug: string;
  readonly name: string;
  readonly origins: readonly string[];
  readonly settings?: Partial<Record<SettingName, number>>;
  readonly members: readonly PlannedMember[];
}

/** Makes the platform tenant and the planned one, once. Undefined when the planned one is there. */
export async function seed(platform: Platform, plan: SeedPlan): Promise<Seeded | undefined> {
  const tenants = new Tenants(platform.database.reader, platform.work, platform.clock);
  if (!(await tenants.find(PLATFORM_SLUG))) await tenants.create(PLATFORM_SLUG, 'Custodia');
  if (await tenants.find(plan.slug)) return undefined;
  const auth = createAuth(authPorts(platform));
  // Nobody who tries the demo has an authenticator for it; production refuses demo data (decision 0007).
  const settings = { ...plan.settings, 'security.second-factor': 0 };
  const tenantId = await tenants.create(plan.slug, plan.name, settings);
  const members: SeededMember[] = [];
  for (const member of plan.members) members.push(await seedMember(auth, tenantId, member));
  const inbox = await new InboxAdmin(platform.work, platform.clock).create({
    tenantId,
    name: '官网在线客服',
    origins: plan.origins,
    look: DEMO_LOOK,
    contact: DEMO_CONTACT,
    notices: await demoNotices(platform, tenantId),
  });
  return { tenantId, inboxKey: inbox.key, members };
}

/** Version 1 as publishing would make it, so that a newcomer does not begin with a notice that is out of date. */
async function demoNotices(platform: Platform, tenantId: string): Promise<NewInbox['notices']> {
  const { register } = await platform.privacy.register.load(tenantId);
  const who = { name: DEMO_LOOK.businessName, contact: DEMO_CONTACT, complaints: DEMO_CONTACT };
  const made = DEMO_LOOK.locales.flatMap((locale) => {
    const notice = inboxNotice(register, locale, who);
    return notice ? [[locale, notice] as const] : [];
  });
  return Object.fromEntries(made);
}

/** The public key of the tenant's first inbox. */
export async function inboxKeyOf(platform: Platform, slug: string): Promise<string | undefined> {
  const tenantId = await new Tenants(platform.database.reader, platform.work, platform.clock).find(slug);
  if (!tenantId) return undefined;
  const context = { tenantId, actor: { kind: 'system', id: 'demo' }, correlationId: tenantId } as const;
  const rows = await runInTenant(context, async () =>
    platform.database.reader.all<{ public_key: string }>(
      'SELECT public_key FROM chat_inbox WHERE tenant_id = ? ORDER BY id LIMIT 1',
      [tenantId],
    ),
  );
  return rows[0]?.public_key;
}

/** Every login has a number (P-0304); nobody has shown that this one is theirs, so nothing is ever sent to it. */
function madeUpMobile(): string {
  return `+8617${String(randomTokenBytes(4).readUInt32BE() % 1_000_000_000).padStart(9, '0')}`;
}

/** Makes a login with a random password, and its member. */
export async function seedMember(
  auth: Auth,
  tenantId: string,
  { identifier, displayName, role, hasReadNotice }: PlannedMember,
): Promise<SeededMember> {
  const password = randomToken(12);
  const { loginId } = await auth.accounts.createLogin({ email: identifier, password, mobile: madeUpMobile() });
  const { memberId } = await auth.accounts.createMember({ tenantId, loginId, role, displayName });
  if (hasReadNotice) {
    const read = { version: MEMBER_NOTICE.version, locale: 'zh-CN' } as const;
    await auth.notices.confirm({ tenantId, memberId }, read, tenantId);
  }
  return { identifier, password, role };
}
