import { MemberTeams } from '../teams/member-teams.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { FactorMark, MemberName, MemberStateTag, SeenTime } from './member-marks.js';
import { MemberButton, type MemberListProps } from './member-table.js';

/** The table on a phone: what decides, on two lines. */
export function MemberCards({ members, onPick }: MemberListProps) {
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
              <MemberTeams member={member} />
              <FactorMark member={member} />
              <SeenTime member={member} />
            </p>
          </div>
          <MemberButton member={member} onPick={onPick} />
        </li>
      ))}
    </ul>
  );
}
