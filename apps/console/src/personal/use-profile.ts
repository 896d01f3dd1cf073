import type { Profile } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { accountApi } from '../session/api.js';

export const PROFILE = ['profile'] as const;

export function useProfile() {
  return useQuery({ queryKey: PROFILE, queryFn: ({ signal }) => accountApi.profile(signal), staleTime: 0 });
}

export function useKeepProfile(): (profile: Profile) => void {
  const client = useQueryClient();
  return (profile) => void client.setQueryData(PROFILE, profile);
}
