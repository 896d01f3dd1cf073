import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { CheckField } from '../forms/check-field.js';
import { useForm } from '../forms/use-form.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { CopyButton } from './copy-button.js';
import './factor.css';

interface RecoveryCodeListProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** Shown once: they are copied or downloaded, and one says that they are kept. */
export function RecoveryCodeList({ codes, onDone }: RecoveryCodeListProps) {
  const words = useAccountWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const form = useForm({
    initial: { kept: false },
    check: ({ kept }) => ({ kept: kept ? '' : words.recoveryKeptMissing }),
    send: async () => onDone(),
  });
  return (
    <form className="factor-form" data-part="recovery-codes" onSubmit={form.submit} noValidate>
      <h2 ref={heading} tabIndex={-1}>
        {words.recoveryTitle}
      </h2>
      <p>{words.recoveryWhy}</p>
      <ul className="recovery-codes" aria-label={words.recoveryList}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="button-row">
        <CopyButton text={codes.join('\n')} />
        <Button icon={<DownloadOutlined aria-hidden />} onClick={() => download(codes)}>
          {words.download}
        </Button>
      </div>
      <CheckField form={form} name="kept" label={words.recoveryKept} />
      <Button type="primary" size="large" htmlType="submit" block>
        {words.done}
      </Button>
    </form>
  );
}

function download(codes: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  // The name of the file says nothing about whose they are.
  link.download = 'recovery-codes.txt';
  link.click();
  URL.revokeObjectURL(url);
}
