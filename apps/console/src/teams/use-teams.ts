import type { MemberSummary, TeamSummary } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { routingApi } from '../session/api.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';

const TEAMS = ['teams'] as const;

export function useTeams() {
  const { role } = useMe();
  return useQuery({
    queryKey: TEAMS,
    queryFn: ({ signal }) => routingApi.teams(signal),
    enabled: rights.arrange(role),
  });
}

export function useRefreshTeams(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: TEAMS });
}

/** Teams in use that a member belongs to. */
export function teamsOf({ id }: Pick<MemberSummary, 'id'>, teams: readonly TeamSummary[]): readonly TeamSummary[] {
  return teams.filter(({ archived, members }) => !archived && members.some((one) => one.id === id));
}
