import { type MemberCapacities, ROUTING_LIMITS } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { routingApi } from '../session/api.js';
import { DialogButtons } from '../shell/dialog-buttons.js';
import { Failed, Loading } from '../shell/page.js';
import { useUndo } from '../undo/use-undo.js';
import type { ActProps } from './member-dialog.js';
import { Refusal } from './refusal.js';
import { useMemberWords } from './words/use-member-words.js';
import './member-capacity.css';

const KEY = ['member-capacities'] as const;
const MOST = ROUTING_LIMITS.capacity;

/** How much one member may be given: the default of the workspace, or a number of their own. */
export function MemberCapacity(props: ActProps) {
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => routingApi.capacities(signal),
    staleTime: 0,
    gcTime: 0,
  });
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={3} />;
  return <CapacityForm {...props} all={query.data} />;
}

interface FormProps extends Pick<ActProps, 'member' | 'onClose'> {
  readonly all: MemberCapacities;
}

function CapacityForm({ member, all, onClose }: FormProps) {
  const words = useMemberWords();
  const client = useQueryClient();
  const undo = useUndo();
  const act = useAct();
  const id = useId();
  const before = all.items.find((one) => one.id === member.id)?.capacity ?? null;
  const [typed, setTyped] = useState(before === null ? '' : String(before));
  const [own, setOwn] = useState(before !== null);
  const [checked, setChecked] = useState(false);
  const wish = own ? Number(typed) : null;
  const wrong = wish !== null && !(Number.isInteger(wish) && wish >= 1 && wish <= MOST);
  const put = async (capacity: number | null): Promise<void> => {
    await routingApi.setCapacity(member.id, capacity);
    await client.invalidateQueries({ queryKey: ['availability'] });
  };
  function save(event: FormEvent): void {
    event.preventDefault();
    setChecked(true);
    if (wrong) return;
    void act.run(async () => {
      await put(wish);
      if (wish !== before) undo.offer(words.capacitySaved, () => put(before));
      onClose();
    });
  }
  const choice = (value: boolean, label: string) => (
    <label className="capacity-choice">
      <input type="radio" name={`${id}-own`} checked={own === value} onChange={() => setOwn(value)} />
      {label}
    </label>
  );
  return (
    <form className="dialog-form" onSubmit={save} noValidate>
      <p id={`${id}-effect`}>{words.capacityEffect}</p>
      <fieldset className="capacity-choices" aria-describedby={`${id}-effect`}>
        <legend className="visually-hidden">{words.capacity}</legend>
        {choice(false, words.capacityDefault(all.defaultCapacity))}
        {choice(true, words.capacityOwn)}
      </fieldset>
      {own && <OwnNumber typed={typed} wrong={checked && wrong} onType={setTyped} />}
      <Refusal error={act.error} />
      <DialogButtons verb={words.save} busy={act.busy} onClose={onClose} />
    </form>
  );
}

interface OwnNumberProps {
  readonly typed: string;
  readonly wrong: boolean;
  readonly onType: (typed: string) => void;
}

/** How many conversations at once; its bounds stand below it and become the complaint. */
function OwnNumber({ typed, wrong, onType }: OwnNumberProps) {
  const words = useMemberWords();
  const id = useId();
  return (
    <div className="form-row">
      <label htmlFor={`${id}-number`}>{words.capacityNumber}</label>
      <input
        id={`${id}-number`}
        className="native-input"
        type="number"
        inputMode="numeric"
        min={1}
        max={MOST}
        value={typed}
        aria-invalid={wrong}
        aria-describedby={`${id}-bounds`}
        onChange={(event) => onType(event.target.value)}
      />
      <p id={`${id}-bounds`} className={wrong ? 'field-error' : 'form-hint'}>
        {words.capacityBounds(MOST)}
      </p>
    </div>
  );
}
