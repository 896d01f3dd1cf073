import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from '../words/use-words.js';
import { useLoadingWords } from './words/use-loading-words.js';
import './loading.css';

/** What stands there once it is read: its lines have the heights of that, so that nothing moves when it comes. */
export type LoadingShape = 'table' | 'cards' | 'form' | 'lines';

const SLOW_MS = 8_000;

interface LoadingProps {
  readonly rows: number;
  readonly shape?: LoadingShape;
}

/** Nothing for a moment, then the outline of what is coming; after 8 s it says that it is slow, and can be stopped. */
export function Loading({ rows, shape = 'table' }: LoadingProps) {
  return (
    <>
      <div className={`outline outline-${shape}`} aria-busy="true">
        {Array.from({ length: rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of an outline have nothing else
          <span key={index} className="outline-row" aria-hidden>
            <span className="outline-bar" />
            <span className="outline-bar" />
            {shape === 'table' && <span className="outline-bar" />}
          </span>
        ))}
      </div>
      <SlowLine />
    </>
  );
}

/** Says after 8 s that it still loads. Stopping gives up every question of this page that has no answer yet. */
export function SlowLine() {
  const words = useWords();
  const loading = useLoadingWords();
  const { slow, stopped, stop, again } = useSlow();
  return (
    <div className="slow-line" role="status">
      {(slow || stopped) && (
        <>
          <p>{stopped ? loading.stopped : words.loadingSlow}</p>
          <Button onClick={stopped ? again : stop}>{stopped ? loading.again : loading.cancel}</Button>
        </>
      )}
    </div>
  );
}

function useSlow() {
  const client = useQueryClient();
  const [slow, setSlow] = useState(false);
  const [stopped, setStopped] = useState(false);
  useEffect(() => {
    if (stopped) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [stopped]);
  const unanswered = {
    type: 'active',
    predicate: ({ state }: { state: { data: unknown } }) => state.data === undefined,
  } as const;
  return {
    slow,
    stopped,
    stop: () => {
      setSlow(false);
      setStopped(true);
      void client.cancelQueries(unanswered);
    },
    again: () => {
      setStopped(false);
      void client.refetchQueries(unanswered);
    },
  };
}
