import { CheckOutlined, DisconnectOutlined, SyncOutlined } from '@ant-design/icons';
import { useSyncExternalStore } from 'react';
import { line } from '../live/live-session.js';
import { useWords } from '../words/use-words.js';

export function useLineState() {
  return useSyncExternalStore(line.state.subscribe, line.state.get);
}

/** Says at once when the line is down, and for three seconds that it is back. */
export function ConnectionBar() {
  const words = useWords();
  const state = useLineState();
  return (
    <div role="status" data-line={state}>
      {state === 'down' && (
        <p className="connection-bar">
          <DisconnectOutlined aria-hidden />
          {words.lineDown}
        </p>
      )}
      {state === 'retrying' && (
        <p className="connection-bar">
          <SyncOutlined aria-hidden />
          {words.lineRetrying}
        </p>
      )}
      {state === 'restored' && (
        <p className="connection-bar connection-back">
          <CheckOutlined aria-hidden />
          {words.lineBack}
        </p>
      )}
    </div>
  );
}
