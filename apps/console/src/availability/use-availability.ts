import type { Availability, OwnAvailability } from '@libs/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { line } from '../live/live-session.js';
import { routingApi } from '../session/api.js';

const OWN = ['availability', 'own'] as const;
const COLLEAGUES = ['availability', 'colleagues'] as const;

/** One's own word. Heard again whenever anybody's changed, and after the line came back. */
export function useAvailability() {
  const client = useQueryClient();
  const query = useQuery({ queryKey: OWN, queryFn: ({ signal }) => routingApi.availability(signal) });
  useEffect(
    () =>
      line.listen({
        availability: () => void client.invalidateQueries({ queryKey: ['availability'] }),
        online: (online) => online && void client.invalidateQueries({ queryKey: OWN }),
      }),
    [client],
  );
  return query;
}

export function useChooseAvailability() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (availability: Availability) => routingApi.setAvailability(availability),
    onSuccess: (own: OwnAvailability) => client.setQueryData(OWN, own),
  });
}

/** The present word of everybody who may have conversations. */
export function useColleaguesThere(wanted = true) {
  return useQuery({
    queryKey: COLLEAGUES,
    queryFn: ({ signal }) => routingApi.colleagues(signal),
    enabled: wanted,
    staleTime: 5_000,
  });
}
