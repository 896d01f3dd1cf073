import type { ContactDetail, ContactField, ContactSaved } from '@libs/contracts';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { forgetName } from '../conversations/person-names.js';
import { contactsApi } from '../session/api.js';

const PAGE = 50;

/** The term stays in this page's memory: an address or a history must not hold a phone number. */
export function useContactList(term: string) {
  return useInfiniteQuery({
    queryKey: ['contacts', term],
    queryFn: ({ pageParam, signal }) =>
      contactsApi.contacts({
        limit: PAGE,
        signal,
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
        ...(term === '' ? {} : { q: term }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

const keyOf = (id: string) => ['contact-record', id] as const;

export function useContactRecord(id: string) {
  return useQuery({ queryKey: keyOf(id), queryFn: ({ signal }) => contactsApi.contact(id, signal) });
}

interface SaveRequest {
  readonly version: number;
  readonly fields: Readonly<Partial<Record<ContactField, string | null>>>;
}

/** Saves what may be saved; never shown before the server agreed. */
export function useSaveContact(id: string) {
  const client = useQueryClient();
  return useMutation<ContactSaved, Error, SaveRequest>({
    mutationFn: (request) => contactsApi.edit(id, { ...request, saveRest: true }),
    onSuccess: ({ contact }) => {
      client.setQueryData<ContactDetail>(keyOf(id), contact);
      void client.invalidateQueries({ queryKey: ['contacts'] });
      forgetName(client, contact.subjectId);
    },
  });
}

export function useAskConsent(id: string) {
  const client = useQueryClient();
  return useMutation<unknown, Error, ContactField>({
    mutationFn: (field) => contactsApi.askConsent(id, field),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(id) }),
  });
}
