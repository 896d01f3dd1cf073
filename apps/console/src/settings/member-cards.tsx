import type { MemberSummary } from '@libs/contracts';
import { MemberTeams } from '../teams/member-teams.js';
import { teamsOf, useTeams } from '../teams/use-teams.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { FactorMark, MemberName, MemberStateTag, SeenTime } from './member-marks.js';
import { MemberButton, type MemberListProps } from './member-table.js';

/** The table on a phone: what decides, on two lines. */
export function MemberCards({ members, onPick }: MemberListProps) {
  const words = useSettingsWords();
  const { roles } = useAccountWords();
  return (
    <ul className="member-cards">
      {members.map((member) => (
        <li key={member.id} className="card" data-member={member.state}>
          <div>
            <p className="member-card-name">
              <MemberName member={member} />
              <MemberStateTag state={member.state} />
            </p>
            <p className="meta member-card-facts">
              <span>{roles[member.role]}</span>
              <TeamsOfCard member={member} />
              <span>
                {words.factor} <FactorMark member={member} />
              </span>
              <SeenTime member={member} />
            </p>
          </div>
          <MemberButton member={member} onPick={onPick} />
        </li>
      ))}
    </ul>
  );
}

/** Nothing where a member has none: without the column's head "none" would say nothing. */
function TeamsOfCard({ member }: { readonly member: MemberSummary }) {
  const teams = useTeams();
  return teamsOf(member, teams.data?.items ?? []).length > 0 ? <MemberTeams member={member} /> : null;
}
