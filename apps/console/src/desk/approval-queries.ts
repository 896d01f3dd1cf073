import type { ApprovalAct } from '@libs/api-client';
import type { Approval, ApprovalRequest } from '@libs/contracts';
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

/** Asks a second person about a register that shows somebody more. */
export function useLooseningAsk() {
  const client = useQueryClient();
  return useMutation<Approval, Error, Omit<ApprovalRequest, 'kind' | 'contactIds'>>({
    mutationFn: (ask) => privacyApi.requestApproval({ kind: 'loosen-fields', ...ask }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['approvals'] }),
  });
}

export function useApprovalAct(id: string) {
  const client = useQueryClient();
  return useMutation<Approval, Error, ApprovalAct>({
    mutationFn: (act) => privacyApi.actOnApproval(id, act),
    onSettled: () => client.invalidateQueries({ queryKey: ['approvals'] }),
  });
}
