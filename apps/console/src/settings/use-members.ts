import type { MemberSummary } from '@libs/contracts';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { membersApi } from '../session/api.js';

const MEMBERS = ['members'] as const;

export function useMembers() {
  return useInfiniteQuery({
    queryKey: MEMBERS,
    queryFn: ({ pageParam, signal }) => membersApi.members(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function useRoles() {
  return useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => membersApi.roles(signal) });
}

export function useRefreshMembers(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: MEMBERS });
}

/** The only owner that is left, among those who were loaded; the server decides. */
export function isLastOwner(member: MemberSummary, all: readonly MemberSummary[]): boolean {
  const owners = all.filter(({ role, state }) => role === 'owner' && state === 'active');
  return owners.length === 1 && owners[0]!.id === member.id;
}
