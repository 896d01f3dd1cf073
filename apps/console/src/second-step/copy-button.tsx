import { CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useAccountWords } from '../words/account/use-account-words.js';

/** Copies, and says whether it did. */
export function CopyButton({ text }: { readonly text: string }) {
  const words = useAccountWords();
  const [said, setSaid] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid(words.copied),
      () => setSaid(words.copyFailed),
    );
  return (
    <span className="copy-button">
      <Button icon={<CopyOutlined aria-hidden />} onClick={() => void copy()}>
        {words.copy}
      </Button>
      <span role="status" className="form-hint">
        {said}
      </span>
    </span>
  );
}
