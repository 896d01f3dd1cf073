import { CheckOutlined, WarningOutlined } from '@ant-design/icons';
import type { MemberSummary } from '@libs/contracts';
import { useNow } from '../live/use-now.js';
import { MemberPicture } from '../pictures/member-picture.js';
import { useMe } from '../session/session.js';
import { exactTime, relativeTime, safeText } from '../words/format.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { useWords } from '../words/use-words.js';
import { useRoles } from './use-members.js';

export function MemberName({ member }: { readonly member: MemberSummary }) {
  const words = useSettingsWords();
  const me = useMe();
  return (
    <span className="member-name">
      <MemberPicture memberId={member.id} name={member.displayName} />
      <span>
        <bdi>{safeText(member.displayName)}</bdi>
        {member.id === me.memberId && <span className="quiet"> ({words.you})</span>}
      </span>
    </span>
  );
}

export function MemberStateTag({ state }: { readonly state: MemberSummary['state'] }) {
  const words = useSettingsWords();
  return (
    <span className="state-tag" data-state-tag={state}>
      {words.states[state]}
    </span>
  );
}

/** Whether the second factor is set; what the role needs and is missing stands out. */
export function FactorMark({ member }: { readonly member: MemberSummary }) {
  const words = useSettingsWords();
  const roles = useRoles();
  if (member.secondFactor) {
    return (
      <span>
        <CheckOutlined aria-hidden /> {words.factorOn}
      </span>
    );
  }
  const needed = roles.data?.items.some(({ role, secondFactor }) => role === member.role && secondFactor) === true;
  if (!needed || member.state === 'disabled') return <span className="quiet">{words.factorOff}</span>;
  return (
    <span className="factor-missing">
      <WarningOutlined aria-hidden /> {words.factorOff}
    </span>
  );
}

const DAY_MS = 86_400_000;

/** When somebody was here last; how long an invitation still works. */
export function SeenTime({ member }: { readonly member: MemberSummary }) {
  const words = useWords();
  const settings = useSettingsWords();
  const now = useNow();
  const { expiresAt, lastSeenAt } = member;
  if (member.state === 'invited' && expiresAt !== null) {
    const left = Math.ceil((expiresAt - now) / DAY_MS);
    return (
      <time dateTime={new Date(expiresAt).toISOString()} title={exactTime(expiresAt, now, words.locale)}>
        {left > 0 ? settings.daysLeft(left) : settings.expired}
      </time>
    );
  }
  if (lastSeenAt === null) return <span className="quiet">{settings.never}</span>;
  return (
    <time dateTime={new Date(lastSeenAt).toISOString()} title={exactTime(lastSeenAt, now, words.locale)}>
      {relativeTime(lastSeenAt, now, words.locale, words)}
    </time>
  );
}
