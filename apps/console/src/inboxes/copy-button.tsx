import { Button } from 'antd';
import { useState } from 'react';
import { useInboxWords } from './words/use-inbox-words.js';

/** Puts `text` on the clipboard, and says so. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const words = useInboxWords();
  const [copied, setCopied] = useState(false);
  return (
    <span className="copy-button">
      <span role="status" className="form-hint">
        {copied ? words.copied : ''}
      </span>
      <Button
        size="small"
        aria-label={label}
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      >
        {words.copy}
      </Button>
    </span>
  );
}
