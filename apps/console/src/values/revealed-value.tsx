import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { safeText } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { SHOWN_MS } from './reveal-state.js';

interface RevealedProps {
  readonly label: string;
  readonly value: string;
  readonly reason: string;
  readonly hideAt: number;
}

/** A value for a minute: said once, counted down for the eye only. */
export function RevealedValue({ label, value, reason, hideAt }: RevealedProps) {
  const personal = usePersonalWords();
  return (
    <span className="value">
      <span className="value-revealed-line">
        <bdi className="value-revealed" dir="auto">
          {safeText(value)}
        </bdi>
        <CopyValue label={label} value={value} />
        <Countdown until={hideAt} />
      </span>
      <span className="value-why">{personal.recorded(reason)}</span>
      <span role="status" className="visually-hidden">
        {personal.announced(label)}
      </span>
    </span>
  );
}

export function CopyValue({ label, value }: { readonly label: string; readonly value: string }) {
  const personal = usePersonalWords();
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    await navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => undefined,
    );
  }
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={personal.copyField(label)}
      title={personal.copy}
      onClick={copy}
    >
      {copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
      <span role="status" className="visually-hidden">
        {copied ? personal.copied : ''}
      </span>
    </button>
  );
}

/** The ring and its words; a reader is told the length once, not every second. */
export function Countdown({ until }: { readonly until: number }) {
  const personal = usePersonalWords();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.min(SHOWN_MS, Math.max(0, until - now));
  return (
    <span className="countdown" aria-hidden>
      <svg viewBox="0 0 16 16" className="countdown-ring" focusable="false" aria-hidden="true">
        <circle cx="8" cy="8" r="6.5" pathLength={SHOWN_MS} />
        <circle cx="8" cy="8" r="6.5" pathLength={SHOWN_MS} strokeDasharray={`${left} ${SHOWN_MS}`} />
      </svg>
      {personal.secondsLeft(Math.ceil(left / 1_000))}
    </span>
  );
}
