import type { MemberSummary } from '@libs/contracts';
import { safeText } from '../words/format.js';
import { teamsOf, useTeams } from './use-teams.js';
import { useTeamPageWords } from './words/use-team-page-words.js';

/** The teams of a member, as the list of members shows them. */
export function MemberTeams({ member }: { readonly member: MemberSummary }) {
  const words = useTeamPageWords();
  const teams = useTeams();
  if (!teams.data) return null;
  const own = teamsOf(member, teams.data.items);
  if (own.length === 0) return <span className="quiet">{words.noTeam}</span>;
  return <bdi>{own.map(({ name }) => safeText(name)).join(words.comma)}</bdi>;
}
