import type { WorkspaceView } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { membersApi } from '../session/api.js';
import { askWhoAmI } from '../session/session.js';
import { Failed, Loading } from '../shell/page.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { exactTime } from '../words/format.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { useWords } from '../words/use-words.js';
import { Refusal } from './refusal.js';
import { SettingsPage } from './settings-frame.js';
import '../sign-in/public-page.css';

const KEY = ['workspace'] as const;

/** Name, kind and age of the workspace. */
export function WorkspacePage() {
  const words = useSettingsWords();
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => membersApi.workspace(signal) });
  const state = query.data ? 'ready' : query.error ? 'error' : 'loading';
  return (
    <SettingsPage screen="workspace" state={state} title={words.workspacePage}>
      {state === 'loading' && <Loading rows={4} />}
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <>
          <NameForm key={query.data.version} workspace={query.data} />
          <Facts workspace={query.data} />
        </>
      )}
    </SettingsPage>
  );
}

function Facts({ workspace }: { readonly workspace: WorkspaceView }) {
  const words = useSettingsWords();
  const account = useAccountWords();
  const { locale } = useWords();
  return (
    <dl className="card fact-list">
      <dt>{words.workspaceKind}</dt>
      <dd>{account.kinds[workspace.kind]}</dd>
      <dt>{words.workspaceAddress}</dt>
      <dd>
        <code>/w/{workspace.slug}</code>
      </dd>
      <dt>{words.workspaceCreated}</dt>
      <dd>{exactTime(workspace.createdAt, Date.now(), locale)}</dd>
    </dl>
  );
}

function NameForm({ workspace }: { readonly workspace: WorkspaceView }) {
  const words = useSettingsWords();
  const client = useQueryClient();
  const router = useRouter();
  const [saved, setSaved] = useState(false);
  const form = useForm({
    initial: { name: workspace.name },
    check: ({ name }) => ({ name: name.trim() === '' ? words.workspaceNameMissing : '' }),
    send: async ({ name }) => {
      try {
        client.setQueryData(KEY, await membersApi.renameWorkspace(name, workspace.version));
        setSaved(true);
        await askWhoAmI();
        await router.invalidate();
      } catch (error) {
        void client.invalidateQueries({ queryKey: KEY });
        throw error;
      }
    },
  });
  const dirty = form.values.name !== workspace.name;
  return (
    <form className="settings-form" onSubmit={form.submit} noValidate>
      <Refusal error={form.error} />
      <TextField form={form} name="name" label={words.workspaceName} autoComplete="organization" needed />
      <div className="button-row">
        <Button type="primary" htmlType="submit" loading={form.busy} disabled={!dirty}>
          {words.save}
        </Button>
        <span role="status">{saved && !dirty ? words.saved : ''}</span>
      </div>
    </form>
  );
}
