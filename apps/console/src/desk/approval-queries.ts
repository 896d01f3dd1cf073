import type { ApprovalAct } from '@libs/api-client';
import type { Approval } from '@libs/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { privacyApi } from '../session/api.js';

/** Somebody else decides meanwhile: look again while the page is open. */
const AGAIN_MS = 15_000;

export function useApprovals() {
  return useQuery({
    queryKey: ['approvals'],
    queryFn: ({ signal }) => privacyApi.approvals(signal),
    refetchInterval: AGAIN_MS,
  });
}

export function useApprovalAct(id: string) {
  const client = useQueryClient();
  return useMutation<Approval, Error, ApprovalAct>({
    mutationFn: (act) => privacyApi.actOnApproval(id, act),
    onSettled: () => client.invalidateQueries({ queryKey: ['approvals'] }),
  });
}
