import type { ArchivedNotice, NoticeArchive } from '@libs/contracts';

/** Versions of the notice that people were told, newest first; undefined where there is no list. */
export function fetchArchive(inbox: string): Promise<NoticeArchive | undefined> {
  return read(inbox, '');
}

/** One version in all its languages. */
export function fetchArchived(inbox: string, version: number): Promise<ArchivedNotice | undefined> {
  return read(inbox, `/${version}`);
}

async function read<T>(inbox: string, path: string): Promise<T | undefined> {
  const url = `/widget/inboxes/${encodeURIComponent(inbox)}/notices${path}`;
  const response = await fetch(url, { credentials: 'omit' }).catch(() => undefined);
  return response?.ok ? ((await response.json()) as T) : undefined;
}
