import { useBlocker } from '@tanstack/react-router';
import { Button } from 'antd';
import { Dialog } from '../shell/dialog.js';
import { useInboxWords } from './words/use-inbox-words.js';

interface GuardProps {
  /** While there is something to lose. */
  readonly when: boolean;
  readonly title: string;
  readonly effect: string;
  /** What the way out is called. */
  readonly leave: string;
  /** Sections of one page keep what was typed; false = another section is a way out, too. */
  readonly withinPage?: boolean;
}

/** Asks before something that is only on this page is lost: by the product's own links, and by the browser's. */
export function LeaveGuard({ when, title, effect, leave, withinPage = true }: GuardProps) {
  const words = useInboxWords();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => when && !(withinPage && current.pathname === next.pathname),
    enableBeforeUnload: () => when,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <Dialog title={title} onClose={reset}>
      <p>{effect}</p>
      <div className="button-row dialog-buttons">
        <Button autoFocus onClick={reset}>
          {words.stay}
        </Button>
        <Button onClick={proceed}>{leave}</Button>
      </div>
    </Dialog>
  );
}
