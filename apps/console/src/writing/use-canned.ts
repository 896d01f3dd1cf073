import type { CannedResponses, ConversationSummary, VariableValues } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useContact } from '../conversations/conversation-queries.js';
import { line } from '../live/live-session.js';
import { wordsApi } from '../session/api.js';

const KEY = ['canned'];

/** Canned responses of the workspace and one's own; anew when somebody changes one. */
export function useCanned(wanted = true) {
  const client = useQueryClient();
  useEffect(() => {
    const again = () => void client.invalidateQueries({ queryKey: KEY });
    return line.listen({ canned: again, online: (online) => online && again() });
  }, [client]);
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => wordsApi.canned(signal),
    enabled: wanted,
    staleTime: 60_000,
  });
}

/**
 * What is known for the variables now. The contact's name only where the server sent it in plain: a masked or withheld one
 * is not in this page at all.
 */
export function useVariableValues(row: ConversationSummary, canned: CannedResponses | undefined): VariableValues {
  const { data } = useContact(row.subjectId);
  const name = data?.fields.name;
  return {
    'visitor.handle': row.handle,
    'inbox.name': row.inboxName,
    ...(name?.face === 'plain' && name.value !== '' ? { 'contact.name': name.value } : {}),
    ...(canned?.agentName ? { 'agent.name': canned.agentName } : {}),
    ...(canned?.workspaceName ? { 'workspace.name': canned.workspaceName } : {}),
  };
}
