import { useMutation } from '@tanstack/react-query';
import { privacyApi } from '../session/api.js';

type Wanted = { readonly recordId: string } | { readonly subjectId: string };

/** Fetches evidence and hands it to the browser as a file; its name holds an id, never a person. */
export function useEvidence(onSaved?: () => void) {
  return useMutation<void, Error, Wanted>({
    mutationFn: async (wanted) => {
      const byRecord = 'recordId' in wanted;
      const body = byRecord
        ? await privacyApi.evidence(wanted.recordId)
        : await privacyApi.evidenceOfPerson(wanted.subjectId);
      const name = byRecord ? `consent-${wanted.recordId}` : `consents-${wanted.subjectId}`;
      saveJson(`${name}.json`, body);
    },
    ...(onSaved ? { onSuccess: onSaved } : {}),
  });
}

function saveJson(name: string, body: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(body, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
