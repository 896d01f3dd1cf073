import { Button } from 'antd';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { ConflictBar } from './conflict-bar.js';
import { useAct } from './use-act.js';

interface ConflictChoiceProps<T> {
  readonly error: unknown;
  /** As it is kept now, read again; undefined where it is gone. */
  readonly read: () => Promise<T | undefined>;
  /** Mine, on top of what is kept now. */
  readonly onMine: (now: T) => void;
  readonly onTheirs: (now: T) => void;
}

/** Somebody else was quicker: what was typed stays until it is chosen what to keep. */
export function ConflictChoice<T>({ error, read, onMine, onTheirs }: ConflictChoiceProps<T>) {
  const words = useSettingsWords();
  const act = useAct();
  const choose = (then: (now: T) => void) =>
    act.run(async () => {
      const now = await read();
      if (now === undefined) throw new Error('It was removed');
      then(now);
    });
  return (
    <ConflictBar error={error} also={act.error === null ? undefined : words.overtakenGone}>
      <Button disabled={act.busy} onClick={() => void choose(onMine)}>
        {words.useMine}
      </Button>
      <Button disabled={act.busy} onClick={() => void choose(onTheirs)}>
        {words.useTheirs}
      </Button>
    </ConflictBar>
  );
}
