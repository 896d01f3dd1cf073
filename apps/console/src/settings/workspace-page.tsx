import type { WorkspaceView } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { ConflictChoice } from '../forms/conflict.js';
import { Field } from '../forms/field.js';
import { isOvertaken } from '../forms/overtaken.js';
import { useEdit } from '../forms/use-edit.js';
import { membersApi } from '../session/api.js';
import { askWhoAmI } from '../session/session.js';
import { Failed, Loading } from '../shell/page.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { exactTime } from '../words/format.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { useWords } from '../words/use-words.js';
import { Refusal } from './refusal.js';
import { SettingsPage } from './settings-frame.js';

const KEY = ['workspace'] as const;

/** Name, kind and age of the workspace. */
export function WorkspacePage() {
  const words = useSettingsWords();
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => membersApi.workspace(signal) });
  const state = query.data ? 'ready' : query.error ? 'error' : 'loading';
  return (
    <SettingsPage screen="workspace" state={state} title={words.workspacePage}>
      {state === 'loading' && <Loading rows={1} shape="form" />}
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <>
          <NameForm workspace={query.data} />
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
  const edit = useEdit(workspace, async ({ name, version }) => {
    client.setQueryData(KEY, await membersApi.renameWorkspace(name, version));
    setSaved(true);
    await askWhoAmI();
    await router.invalidate();
  });
  const { name } = edit.values;
  const dirty = name !== workspace.name;
  const missing = name.trim() === '';
  function save(event: FormEvent): void {
    event.preventDefault();
    if (!missing) void edit.send();
  }
  return (
    <form className="settings-form" onSubmit={save} noValidate>
      {isOvertaken(edit.error) ? (
        <ConflictChoice
          error={edit.error}
          before={edit.base}
          fields={[{ label: words.workspaceName, of: ({ name }) => name, text: ({ name }) => name }]}
          read={() => client.fetchQuery({ queryKey: KEY, queryFn: () => membersApi.workspace(), staleTime: 0 })}
          onMine={edit.overwrite}
          onTheirs={edit.discard}
        />
      ) : (
        <Refusal error={edit.error} />
      )}
      <Field id="name" label={words.workspaceName} error={missing ? words.workspaceNameMissing : ''} needed>
        <Input
          size="large"
          dir="auto"
          autoComplete="organization"
          value={name}
          onChange={({ target }) => edit.change({ name: target.value })}
        />
      </Field>
      <div className="button-row">
        <Button type="primary" htmlType="submit" loading={edit.busy} disabled={!dirty}>
          {words.save}
        </Button>
        <span role="status">{saved && !dirty ? words.saved : ''}</span>
      </div>
    </form>
  );
}
