import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { usePanelState, useWords } from './panel-context.js';

const PATIENCE_MS = 1_000;
const RECOVERED_MS = 3_000;

/** The line's state, always known: amber while down, green for 3 s afterwards (ux 4.0.3). */
export function StatusBar(): JSX.Element {
  const words = useWords();
  const { chat, storageRefused } = usePanelState();
  const online = useOnline();
  const slow = useLater(chat.line === 'connecting', PATIENCE_MS);
  const recovered = useRecovered(chat.line);
  let text = '';
  let tone = 'warning';
  if (!online && chat.line !== 'up') text = words.offline;
  else if (chat.line === 'down') text = words.reconnecting;
  else if (slow) text = words.connecting;
  else if (recovered) {
    text = words.recovered;
    tone = 'success';
  } else if (chat.line === 'fallback') text = words.fallback;
  return (
    <div class="bars">
      <div role="status">{text ? <p class={`bar ${tone}`}>{text}</p> : null}</div>
      {storageRefused ? <p class="bar warning">{words.notKept}</p> : null}
    </div>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = () => setOnline(navigator.onLine);
    addEventListener('online', update);
    addEventListener('offline', update);
    return () => {
      removeEventListener('online', update);
      removeEventListener('offline', update);
    };
  }, []);
  return online;
}

function useLater(on: boolean, ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    const timer = on ? setTimeout(() => setLate(true), ms) : undefined;
    return () => clearTimeout(timer);
  }, [on, ms]);
  return on && late;
}

function useRecovered(line: string): boolean {
  const wasDown = useRef(false);
  const [recovered, setRecovered] = useState(false);
  useEffect(() => {
    if (line === 'down') wasDown.current = true;
    if (line !== 'up' || !wasDown.current) return;
    wasDown.current = false;
    setRecovered(true);
    const timer = setTimeout(() => setRecovered(false), RECOVERED_MS);
    return () => clearTimeout(timer);
  }, [line]);
  return recovered && line === 'up';
}
