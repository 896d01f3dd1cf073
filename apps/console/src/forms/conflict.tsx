import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { type ChangedField, changedFields, type ToldField } from './changed-fields.js';
import { ConflictBar } from './conflict-bar.js';
import { useAct } from './use-act.js';

interface ConflictChoiceProps<T> {
  readonly error: unknown;
  /** As it was when the editing began, and what of it can be told. */
  readonly before: T | undefined;
  readonly fields: readonly ToldField<T>[];
  /** As it is kept now, read again; undefined where it is gone. */
  readonly read: () => Promise<T | undefined>;
  /** Mine, on top of what is kept now. */
  readonly onMine: (now: T) => void;
  readonly onTheirs: (now: T) => void;
}

/** Somebody else was quicker: what was typed stays until it is chosen what to keep. */
export function ConflictChoice<T>({ error, before, fields, read, onMine, onTheirs }: ConflictChoiceProps<T>) {
  const words = useSettingsWords();
  const act = useAct();
  const changes = useChanges({ before, fields, read });
  const choose = (then: (now: T) => void) =>
    act.run(async () => {
      const now = await read();
      if (now === undefined) throw new Error('It was removed');
      then(now);
    });
  return (
    <ConflictBar error={error} changes={changes} also={act.error === null ? undefined : words.overtakenGone}>
      <Button disabled={act.busy} onClick={() => void choose(onMine)}>
        {words.useMine}
      </Button>
      <Button disabled={act.busy} onClick={() => void choose(onTheirs)}>
        {words.useTheirs}
      </Button>
    </ConflictBar>
  );
}

/** Told once, of the moment the bar appeared; where it cannot be read, the bar says the rest. */
function useChanges<T>(about: Pick<ConflictChoiceProps<T>, 'before' | 'fields' | 'read'>): readonly ChangedField[] {
  const [changes, setChanges] = useState<readonly ChangedField[]>([]);
  const first = useRef(about);
  useEffect(() => {
    let here = true;
    const { before, fields, read } = first.current;
    read().then(
      (now) => here && before && now && setChanges(changedFields(before, now, fields)),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, []);
  return changes;
}
