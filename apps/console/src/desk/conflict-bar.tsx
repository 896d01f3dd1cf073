import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useNow } from '../live/use-now.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { exactTime } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { useRegister, useRegisterVersions } from './register-queries.js';
import { Comparison } from './register-versions.js';

export interface ConflictProps {
  /** The version that was edited. */
  readonly base: number;
  readonly onMine: (latest: number) => void;
  readonly onTheirs: () => void;
}

/** Somebody saved a newer version meanwhile: what they changed, and the choice; what was typed stays. */
export function ConflictBar({ base, onMine, onTheirs }: ConflictProps) {
  const desk = useDeskWords();
  const register = useRegister();
  const quicker = useWhoWasQuicker(base);
  const [compared, setCompared] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  // The bar with the buttons lies over the end of a long form.
  useEffect(() => bar.current?.scrollIntoView({ block: 'center' }), []);
  async function latest(): Promise<number> {
    const { data } = await register.refetch();
    return data?.version ?? base;
  }
  return (
    <>
      <div ref={bar} role="alert" className="bar bar-warning" data-bar="conflict">
        <p>{quicker ?? desk.conflict}</p>
        <Button onClick={() => void latest().then(() => setCompared(true))}>{desk.compare}</Button>
        <Button onClick={() => void latest().then(onMine)}>{desk.useMine}</Button>
        <Button onClick={() => void latest().then(onTheirs)}>{desk.useTheirs}</Button>
      </div>
      {compared && register.data && (
        <Comparison current={register.data} older={base} onClose={() => setCompared(false)} />
      )}
    </>
  );
}

/** Who saved a version after `base`, and when; undefined until it is known. */
function useWhoWasQuicker(base: number): string | undefined {
  const desk = useDeskWords();
  const { locale } = useWords();
  const now = useNow();
  const { data, refetch } = useRegisterVersions();
  useEffect(() => void refetch(), [refetch]);
  const newest = data?.items.reduce((one, other) => (other.version > one.version ? other : one));
  if (!newest || newest.version <= base || newest.changedBy === null) return undefined;
  return desk.conflictBy(newest.changedBy, exactTime(newest.changedAt, now, locale));
}
