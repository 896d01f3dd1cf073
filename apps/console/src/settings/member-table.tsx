import { MoreOutlined } from '@ant-design/icons';
import type { MemberSummary } from '@libs/contracts';
import { Button } from 'antd';
import { MemberTeams } from '../teams/member-teams.js';
import { useTeamPageWords } from '../teams/words/use-team-page-words.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { FactorMark, MemberName, MemberStateTag, SeenTime } from './member-marks.js';

export interface MemberListProps {
  readonly members: readonly MemberSummary[];
  readonly onPick: (member: MemberSummary) => void;
}

export function MemberTable({ members, onPick }: MemberListProps) {
  const words = useSettingsWords();
  const { teamColumn } = useTeamPageWords();
  const { roles } = useAccountWords();
  return (
    <div className="table-box">
      <table className="member-table">
        <caption className="visually-hidden">{words.members}</caption>
        <thead>
          <tr>
            {[words.name, words.role, teamColumn, words.state, words.factor, words.lastSeen].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{words.acts}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.id} data-member={member.state}>
              <th scope="row">
                <MemberName member={member} />
              </th>
              <td>{roles[member.role]}</td>
              <td className="member-teams">
                <MemberTeams member={member} />
              </td>
              <td>
                <MemberStateTag state={member.state} />
              </td>
              <td>
                <FactorMark member={member} />
              </td>
              <td>
                <SeenTime member={member} />
              </td>
              <td className="member-acts">
                <MemberButton member={member} onPick={onPick} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function MemberButton({ member, onPick }: Pick<MemberListProps, 'onPick'> & { readonly member: MemberSummary }) {
  const words = useSettingsWords();
  const label = words.actsOf(member.displayName);
  return (
    <Button
      type="text"
      aria-label={label}
      title={label}
      aria-haspopup="dialog"
      icon={<MoreOutlined aria-hidden />}
      onClick={() => onPick(member)}
    />
  );
}
