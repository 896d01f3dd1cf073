import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { privacyApi } from '../session/api.js';

/** The filters as they stand in the address: ids and words of the product, nothing about a person. */
export interface ConsentSearch {
  readonly subject?: string;
  readonly scope?: string;
  readonly decision?: string;
}

const PAGE = 50;

export function useConsents({ subject, scope, decision }: ConsentSearch) {
  const filter = {
    ...(subject === undefined ? {} : { subjectId: subject }),
    ...(scope === undefined ? {} : { scope }),
    ...(decision === undefined ? {} : { decision }),
  };
  return useInfiniteQuery({
    queryKey: ['consents', filter],
    queryFn: ({ pageParam, signal }) =>
      privacyApi.consents(filter, { limit: PAGE, signal, ...(pageParam === undefined ? {} : { cursor: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function useConsentCounts() {
  return useQuery({ queryKey: ['consent-counts'], queryFn: ({ signal }) => privacyApi.consentCounts(signal) });
}
