import type { ConsentGranted, ConsentRequest, InboxSettings } from '@libs/contracts';

/** `reload` after the server said that what we show is superseded. */
export async function fetchSettings(inbox: string, cache: RequestCache = 'default'): Promise<InboxSettings> {
  const response = await fetch(settingsUrl(inbox), { credentials: 'omit', cache });
  if (!response.ok) throw new Error(`settings: ${response.status}`);
  return (await response.json()) as InboxSettings;
}

/** Asks until there is an answer: nothing can be shown before. */
export async function settingsAtLast(inbox: string): Promise<InboxSettings> {
  for (;;) {
    const settings = await fetchSettings(inbox).catch(() => undefined);
    if (settings) return settings;
    await new Promise((again) => setTimeout(again, 3_000));
  }
}

/** Any answer to a plain request shows that HTTP gets through. */
export async function httpWorks(inbox: string): Promise<boolean> {
  return (await fetch(settingsUrl(inbox), { credentials: 'omit', cache: 'no-store' })).ok;
}

export type ConsentAnswer = { readonly slip: string } | { readonly code: string };

/** Rejects when there was no answer. */
export async function agree(request: ConsentRequest): Promise<ConsentAnswer> {
  const response = await fetch('/api/v1/chat/widget/consents', {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const body: unknown = await response.json();
  if (response.ok) return { slip: (body as ConsentGranted).slip };
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return { code: typeof code === 'string' ? code : 'chat.unavailable' };
}

function settingsUrl(inbox: string): string {
  return `/widget/inboxes/${encodeURIComponent(inbox)}.json`;
}
