import { ApiError } from '@libs/api-client';
import type { InboxSummary } from '@libs/contracts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { Field } from '../forms/field.js';
import { inboxesApi } from '../session/api.js';
import { useMe } from '../session/session.js';
import { SettingsPage } from '../settings/settings-frame.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons } from '../shell/dialog-buttons.js';
import { Failed, Loading, Nothing } from '../shell/page.js';
import { useInboxes, useKeepInbox } from './inbox-queries.js';
import { useInboxErrors, useInboxWords } from './words/use-inbox-words.js';
import './inboxes.css';

/** Every entry point of the workspace. */
export function InboxesPage() {
  const words = useInboxWords();
  const list = useInboxes();
  const [creating, setCreating] = useState(false);
  const items = list.data?.items ?? [];
  const state = list.isPending ? 'loading' : list.isError ? 'error' : items.length === 0 ? 'empty' : 'ready';
  const create = (
    <Button type="primary" onClick={() => setCreating(true)}>
      {words.create}
    </Button>
  );
  return (
    <SettingsPage screen="inboxes" state={state} title={words.title} aside={state === 'ready' && create}>
      <p className="quiet">{words.intro}</p>
      {state === 'loading' && <Loading rows={3} shape="cards" />}
      {state === 'error' && <Failed error={list.error} retry={() => void list.refetch()} />}
      {state === 'empty' && <Nothing text={words.empty}>{create}</Nothing>}
      {state === 'ready' && (
        <ul className="inbox-list">
          {items.map((inbox) => (
            <InboxCard key={inbox.id} inbox={inbox} />
          ))}
        </ul>
      )}
      {creating && <CreateDialog onClose={() => setCreating(false)} />}
    </SettingsPage>
  );
}

function InboxCard({ inbox }: { readonly inbox: InboxSummary }) {
  const words = useInboxWords();
  const { slug } = useMe().tenant;
  return (
    <li className="card inbox-card">
      <span className="inbox-colour" style={{ background: inbox.brand }} aria-hidden />
      <div className="inbox-card-text">
        <h2>
          <Link
            to="/w/$slug/settings/inboxes/$inboxId"
            params={{ slug, inboxId: inbox.id }}
            search={inbox.state === 'draft' ? { wizard: true } : {}}
            className="row-link"
          >
            <bdi>{inbox.name}</bdi>
          </Link>
        </h2>
        <p className="quiet">
          {inbox.origins.length === 0 ? words.noOrigins : inbox.origins.map(({ shown }) => shown).join(words.comma)}
        </p>
        <p className="meta">
          {inbox.noticeVersion === null ? words.noNoticeYet : words.noticeInUse(String(inbox.noticeVersion))}
        </p>
      </div>
      <InboxState state={inbox.state} />
    </li>
  );
}

export function InboxState({ state }: { readonly state: InboxSummary['state'] }) {
  const words = useInboxWords();
  return (
    <span className="state-tag" data-state-tag={state === 'live' ? 'active' : state}>
      {words.states[state]}
    </span>
  );
}

/** The first step of five: a name. What follows is kept as a draft. */
function CreateDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useInboxWords();
  const sentence = useInboxErrors();
  const keep = useKeepInbox();
  const navigate = useNavigate();
  const { slug } = useMe().tenant;
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const rule = error instanceof ApiError ? error.faults[0]?.rule : undefined;

  async function create(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      const inbox = await inboxesApi.create(name);
      keep(inbox);
      await navigate({
        to: '/w/$slug/settings/inboxes/$inboxId',
        params: { slug, inboxId: inbox.id },
        search: { wizard: true, tab: 'origins' },
      });
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  }

  const fault = rule === undefined ? '' : (words.rules[rule] ?? words.ruleUnknown);
  return (
    <Dialog title={words.create} onClose={onClose}>
      <form className="dialog-form" onSubmit={(event) => void create(event)} noValidate>
        {error !== null && fault === '' && (
          <p className="form-alert" role="alert">
            {sentence(error)}
          </p>
        )}
        <p className="meta">{words.stepOf('1', '5')}</p>
        <Field id="new-inbox-name" label={words.name} hint={words.nameHint} error={fault} needed>
          <Input value={name} dir="auto" autoComplete="off" onChange={(event) => setName(event.target.value)} />
        </Field>
        <DialogButtons verb={words.next} busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
