import { ROUTING_LIMITS, type RoutingSettings } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { routingApi } from '../session/api.js';
import { useRoutingErrors, useRoutingWords } from './words/use-routing-words.js';

const KEY = ['routing-settings'] as const;

/** What holds for everybody who is given conversations: how many at once, and when they go back. */
export function RoutingDefaults() {
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => routingApi.settings(signal) });
  return query.data ? <DefaultsForm key={query.data.version} settings={query.data} /> : null;
}

function DefaultsForm({ settings }: { readonly settings: RoutingSettings }) {
  const words = useRoutingWords();
  const sentence = useRoutingErrors();
  const client = useQueryClient();
  const act = useAct();
  const id = useId();
  const [values, setValues] = useState(settings);
  const { capacity, returnAfterSeconds } = ROUTING_LIMITS;
  function save(event: FormEvent): void {
    event.preventDefault();
    void act.run(async () => {
      try {
        client.setQueryData(KEY, await routingApi.setSettings(values));
      } catch (error) {
        void client.invalidateQueries({ queryKey: KEY });
        throw error;
      }
    });
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
        onChange={(event) => setValues({ ...values, [name]: Math.round(Number(event.target.value)) })}
      />
    </div>
  );
  const dirty =
    values.defaultCapacity !== settings.defaultCapacity || values.returnAfterSeconds !== settings.returnAfterSeconds;
  return (
    <form className="card settings-form" onSubmit={save}>
      <h2 className="team-heading">{words.defaults}</h2>
      {act.error !== null && (
        <p role="alert" className="form-alert">
          {sentence(act.error)}
        </p>
      )}
      {number('defaultCapacity', words.capacity, 1, capacity)}
      {number('returnAfterSeconds', words.returnAfter, 0, returnAfterSeconds)}
      <div className="button-row">
        <Button type="primary" htmlType="submit" loading={act.busy} disabled={!dirty}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
