import type { AccountOptions } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { accountApi } from '../session/api.js';

const NOTHING: AccountOptions = { sms: false, mail: false, signUp: false };

/** What the doors offer here. Until it is known, and where it cannot be known, only what always works is offered. */
export function useOptions(): AccountOptions & { readonly known: boolean } {
  const { data } = useQuery({
    queryKey: ['me', 'options'],
    queryFn: ({ signal }) => accountApi.options(signal),
    staleTime: 60_000,
  });
  return { ...(data ?? NOTHING), known: data !== undefined };
}
