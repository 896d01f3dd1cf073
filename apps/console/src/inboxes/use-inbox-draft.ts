import { ApiError, type Fault } from '@libs/api-client';
import type { InboxDetail } from '@libs/contracts';
import { useRef, useState } from 'react';
import { isOvertaken } from '../forms/overtaken.js';
import { typedSince } from '../forms/typed-since.js';
import { inboxesApi } from '../session/api.js';
import { useKeepInbox } from './inbox-queries.js';

/** What is edited, before it is saved. */
export type InboxDraft = Pick<
  InboxDetail,
  | 'name'
  | 'look'
  | 'locales'
  | 'greeting'
  | 'phone'
  | 'businessName'
  | 'businessContact'
  | 'complaintContact'
  | 'identityMode'
> & { readonly origins: readonly string[] };

export interface DraftEditing {
  readonly inbox: InboxDetail;
  readonly values: InboxDraft;
  readonly dirty: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly faults: readonly Fault[];
  /** Somebody saved this inbox since this page read it. */
  readonly conflict: ApiError | undefined;
  set(changes: Partial<InboxDraft>): void;
  discard(): void;
  /** True when all is saved. */
  save(): Promise<boolean>;
  /** Runs an act on the version that is shown. */
  act(run: (version: number) => Promise<InboxDetail>): Promise<boolean>;
  keepMine(): Promise<void>;
  takeTheirs(): Promise<void>;
}

function draftOf(inbox: InboxDetail): InboxDraft {
  const { name, look, locales, greeting, phone, businessName, businessContact, complaintContact, identityMode } = inbox;
  const origins = inbox.origins.map(({ shown }) => shown);
  return {
    name,
    look,
    locales,
    greeting,
    phone,
    businessName,
    businessContact,
    complaintContact,
    identityMode,
    origins,
  };
}

/** One act at a time on a version that was read; what somebody else changed meanwhile is no error but a conflict. */
function useInboxActs(inbox: InboxDetail) {
  const keep = useKeepInbox();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [conflict, setConflict] = useState<ApiError>();
  const running = useRef(false);

  async function run(act: (version: number) => Promise<InboxDetail>, version = inbox.version): Promise<boolean> {
    // A second press while the first is on its way would be answered as somebody else's change.
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      keep(await act(version));
      return true;
    } catch (reason) {
      if (isOvertaken(reason)) setConflict(reason);
      else setError(reason);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  function settle(): void {
    setError(null);
    setConflict(undefined);
  }

  return { busy, error, conflict, run, settle, keep, forgetConflict: () => setConflict(undefined) };
}

/** Unsaved values over those that were read; only what was changed is sent, with the version it was changed from. */
export function useInboxDraft(inbox: InboxDetail): DraftEditing {
  const { busy, error, conflict, run, settle, keep, forgetConflict } = useInboxActs(inbox);
  const [changes, setChanges] = useState<Partial<InboxDraft>>({});
  const dirty = Object.keys(changes).length > 0;

  async function saveAs(version: number): Promise<boolean> {
    const saved = await run((seen) => inboxesApi.edit(inbox.id, { version: seen, ...changes }), version);
    if (saved) {
      setChanges((now) => typedSince(now, changes));
      settle();
    }
    return saved;
  }

  function discard(): void {
    setChanges({});
    settle();
  }

  async function latest(): Promise<InboxDetail> {
    const found = await inboxesApi.inbox(inbox.id);
    keep(found);
    return found;
  }

  return {
    ...{ inbox, dirty, busy, error, conflict, discard },
    values: { ...draftOf(inbox), ...changes },
    faults: error instanceof ApiError ? error.faults : [],
    set: (next) => setChanges((before) => ({ ...before, ...next })),
    save: async () => !dirty || saveAs(inbox.version),
    act: (act) => run(act),
    keepMine: async () => {
      const { version } = await latest();
      forgetConflict();
      if (dirty) await saveAs(version);
    },
    takeTheirs: async () => {
      await latest();
      discard();
    },
  };
}
