import { ROUTING_LIMITS, type RoutingSettings } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useId } from 'react';
import { ConflictChoice } from '../forms/conflict.js';
import { isOvertaken } from '../forms/overtaken.js';
import { useEdit } from '../forms/use-edit.js';
import { routingApi } from '../session/api.js';
import { useRoutingErrors, useRoutingWords } from './words/use-routing-words.js';

const KEY = ['routing-settings'] as const;

/** What holds for everybody who is given conversations: how many at once, and when they go back. */
export function RoutingDefaults() {
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => routingApi.settings(signal) });
  return query.data ? <DefaultsForm settings={query.data} /> : null;
}

function DefaultsForm({ settings }: { readonly settings: RoutingSettings }) {
  const words = useRoutingWords();
  const client = useQueryClient();
  const id = useId();
  const edit = useEdit(settings, async (wish) => client.setQueryData(KEY, await routingApi.setSettings(wish)));
  const { values } = edit;
  const { capacity, returnAfterSeconds } = ROUTING_LIMITS;
  function save(event: FormEvent): void {
    event.preventDefault();
    void edit.send();
  }
  const number = (name: 'defaultCapacity' | 'returnAfterSeconds', label: string, least: number, most: number) => (
    <div className="form-row">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        className="native-input"
        type="number"
        min={least}
        max={most}
        required
        value={values[name]}
        onChange={(event) => edit.change({ [name]: Math.round(Number(event.target.value)) })}
      />
    </div>
  );
  const dirty =
    values.defaultCapacity !== settings.defaultCapacity || values.returnAfterSeconds !== settings.returnAfterSeconds;
  return (
    <form className="card settings-form" onSubmit={save}>
      <h2 className="team-heading">{words.defaults}</h2>
      <NotSaved edit={edit} />
      {number('defaultCapacity', words.capacity, 1, capacity)}
      {number('returnAfterSeconds', words.returnAfter, 0, returnAfterSeconds)}
      <div className="button-row">
        <Button type="primary" htmlType="submit" loading={edit.busy} disabled={!dirty}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}

function NotSaved({ edit }: { readonly edit: ReturnType<typeof useEdit<RoutingSettings>> }) {
  const words = useRoutingWords();
  const sentence = useRoutingErrors();
  const client = useQueryClient();
  if (edit.error === null) return null;
  if (isOvertaken(edit.error)) {
    const read = () => client.fetchQuery({ queryKey: KEY, queryFn: () => routingApi.settings(), staleTime: 0 });
    return (
      <ConflictChoice
        error={edit.error}
        before={edit.base}
        fields={[
          {
            label: words.capacity,
            of: ({ defaultCapacity }) => defaultCapacity,
            text: ({ defaultCapacity }) => String(defaultCapacity),
          },
          {
            label: words.returnAfter,
            of: ({ returnAfterSeconds }) => returnAfterSeconds,
            text: ({ returnAfterSeconds }) => String(returnAfterSeconds),
          },
        ]}
        read={read}
        onMine={edit.overwrite}
        onTheirs={edit.discard}
      />
    );
  }
  return (
    <p role="alert" className="form-alert">
      {sentence(edit.error)}
    </p>
  );
}
