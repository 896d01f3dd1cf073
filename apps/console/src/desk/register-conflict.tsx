import { Button } from 'antd';
import { useState } from 'react';
import { ConflictBar } from '../forms/conflict-bar.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { useRegister } from './register-queries.js';
import { Comparison } from './register-versions.js';

export interface ConflictProps {
  readonly error: unknown;
  /** The version that was edited. */
  readonly base: number;
  readonly onMine: (latest: number) => void;
  readonly onTheirs: () => void;
}

/** Somebody saved a newer version meanwhile: what they changed, and the choice; what was typed stays. */
export function RegisterConflict({ error, base, onMine, onTheirs }: ConflictProps) {
  const desk = useDeskWords();
  const register = useRegister();
  const [compared, setCompared] = useState(false);
  async function latest(): Promise<number> {
    const { data } = await register.refetch();
    return data?.version ?? base;
  }
  return (
    <>
      <ConflictBar error={error}>
        <Button onClick={() => void latest().then(() => setCompared(true))}>{desk.compare}</Button>
        <Button onClick={() => void latest().then(onMine)}>{desk.useMine}</Button>
        <Button onClick={() => void latest().then(onTheirs)}>{desk.useTheirs}</Button>
      </ConflictBar>
      {compared && register.data && (
        <Comparison current={register.data} older={base} onClose={() => setCompared(false)} />
      )}
    </>
  );
}
