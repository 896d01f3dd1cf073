import { createAuth } from '@libs/auth';
import { newId } from '@libs/kernel';
import { authPorts } from '@libs/platform';
import { aPicture } from '../../libs/auth/src/testing/a-picture.js';
import type { ChatWorld, WorldTenant } from '../world/chat-world.js';
import { CANARIES, SIGNED_IN } from './canaries.js';
import { type CallMore, type CanaryWorld, MEMBERS } from './canary-world.js';

const value = (place: string): string => CANARIES[place]!.value;
/** A browser that only one member has. */
const PHONE = 'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 MicroMessenger/8.0.50';

/** What a member of the staff says and leaves behind, each of it a canary; answers ids and the secret that was made. */
export async function workAsStaff(
  world: ChatWorld,
  tenant: WorldTenant,
  call: CanaryWorld['call'],
): Promise<{ readonly ids: Readonly<Record<string, string>>; readonly secret: string }> {
  const { password, email } = tenant.members[MEMBERS.agent]!;
  const proof = { password };
  const must = async (who: 'agent' | 'owner' | 'nobody', method: string, path: string, more: CallMore = {}) => {
    const { status, json } = await call(who, method, `/api/v1/account${path}`, more);
    if (status >= 300) throw new Error(`${method} ${path} was refused: ${JSON.stringify(json)}`);
    return json as Readonly<Record<string, string>>;
  };
  await must('agent', 'PATCH', '/me/profile', { body: { version: 0, fields: profile() } });
  await must('agent', 'PUT', '/me/mobile', { body: { proof, mobile: value('auth_login.mobile_sealed') } });
  const { secret } = await must('agent', 'POST', '/me/second-factor', { body: { proof } });
  const signIn = { body: { identifier: email, ...proof }, headers: { 'user-agent': PHONE } };
  await must('nobody', 'POST', '/sign-in', { ...signIn, sink: SIGNED_IN });
  const invited = { email: value('auth_invitation.email_sealed'), role: 'agent' };
  const { id: invitation, url } = await must('owner', 'POST', '/invitations', { body: invited });
  await must('nobody', 'POST', '/invitations/look', { body: { token: url!.split('#token=')[1] } });
  await sendCode(world);
  const member = await hire(world, tenant);
  for (const memberId of [tenant.members[MEMBERS.agent]!.id, member]) {
    const picture = aPicture(32, value('auth_picture.picture_sealed'), 0);
    await createAuth(authPorts(world.platform)).pictures.keep({ tenantId: tenant.id, memberId }, picture, newId());
  }
  return { ids: { invitation: invitation!, member }, secret: secret! };
}

function profile(): Readonly<Record<string, string>> {
  return {
    realName: value('auth_profile.real_name_sealed'),
    telephone: value('auth_profile.telephone_sealed'),
    fax: value('auth_profile.fax_sealed'),
    contactAddress: value('auth_profile.contact_address_sealed'),
  };
}

/** A code to the agent's number, by a provider that keeps nothing. */
async function sendCode({ platform }: ChatWorld): Promise<void> {
  const sms = { available: true, sendCode: () => Promise.resolve() };
  const auth = createAuth({ ...authPorts(platform), outgoing: { sms, mail: platform.outgoing.mail } });
  const mobile = value('auth_login.mobile_sealed');
  await auth.codes.send({ use: 'sign-in', mobile, address: '127.0.0.1', correlationId: newId() });
  await auth.background.settled();
}

/** Somebody whom routes of members may change. */
async function hire({ platform }: ChatWorld, { id: tenantId }: WorldTenant): Promise<string> {
  const { accounts } = createAuth(authPorts(platform));
  const { loginId } = await accounts.createLogin({ email: `${newId()}@hired.example`, password: `pw-${newId()}` });
  const made = await accounts.createMember({ tenantId, loginId, role: 'agent', displayName: 'hired' });
  return made.memberId;
}
