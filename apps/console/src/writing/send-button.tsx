import { DownOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useWritingWords } from '../words/writing/use-writing-words.js';

/** One of the ways to send. */
export interface SendWay {
  readonly name: string;
  readonly label: string;
  readonly keys?: string;
  readonly run: () => void;
}

interface ButtonProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly onSend: () => void;
  /** Under the caret; without any there is no caret. */
  readonly ways: readonly SendWay[];
}

export function SendButton({ label, disabled, onSend, ways }: ButtonProps) {
  return (
    <span className="send-buttons">
      <Button type="primary" className="send" disabled={disabled} onClick={onSend}>
        {label}
      </Button>
      {ways.length > 0 && <WaysMenu ways={ways} disabled={disabled} />}
    </span>
  );
}

function WaysMenu({ ways, disabled }: Pick<ButtonProps, 'ways' | 'disabled'>) {
  const words = useWritingWords();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears that the focus leaves it
    <span className="send-ways" onBlur={(event) => left(event) && setOpen(false)}>
      <Button
        ref={button}
        type="primary"
        className="send-caret"
        icon={<DownOutlined aria-hidden />}
        aria-label={words.sendOptions}
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={disabled}
        onClick={() => setOpen(!open)}
      />
      {open && <Ways ways={ways} onClose={close} onRun={() => setOpen(false)} />}
    </span>
  );
}

function left({ currentTarget, relatedTarget }: FocusEvent): boolean {
  return !(relatedTarget instanceof Node && currentTarget.contains(relatedTarget));
}

interface WaysProps {
  readonly ways: readonly SendWay[];
  readonly onClose: () => void;
  readonly onRun: () => void;
}

function Ways({ ways, onClose, onRun }: WaysProps) {
  const words = useWritingWords();
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => menu.current?.querySelector('button')?.focus(), []);
  return (
    <div
      ref={menu}
      role="menu"
      aria-label={words.sendOptions}
      className="send-menu"
      onKeyDown={(e) => move(e, onClose)}
    >
      {ways.map(({ name, label, keys, run }) => (
        <button
          key={name}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            onRun();
            run();
          }}
        >
          <span>{label}</span>
          {keys !== undefined && <kbd>{keys}</kbd>}
        </button>
      ))}
    </div>
  );
}

function move(event: KeyboardEvent<HTMLDivElement>, onClose: () => void): void {
  const all = [...event.currentTarget.querySelectorAll('button')];
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
  if (event.key === 'Escape') onClose();
  else if (to !== undefined) all[to % all.length]?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
