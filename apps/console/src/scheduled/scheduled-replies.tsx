import { ClockCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { ScheduledReply } from '@libs/contracts';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { errorText } from '../words/error-text.js';
import { safeText } from '../words/format.js';
import { momentText } from '../words/states/moment-text.js';
import { useWords } from '../words/use-words.js';
import { type Scheduled, useScheduledError } from './use-scheduled.js';
import { useScheduledWords } from './words/use-scheduled-words.js';
import './scheduled.css';

interface RepliesProps {
  readonly scheduled: Scheduled;
  /** A text came back into the box. */
  readonly onEdit: () => void;
}

/** What goes out later, above the box, and what did not go out. */
export function ScheduledReplies({ scheduled, onEdit }: RepliesProps) {
  const words = useScheduledWords();
  const all = useWords();
  const own = useScheduledError();
  const { items, error } = scheduled;
  return (
    <>
      {error !== null && (
        <p className="scheduled-error" role="alert">
          {own(error) ?? errorText(error, all)}
        </p>
      )}
      {items.length > 0 && (
        <ul className="scheduled" aria-label={words.list}>
          {items.map((reply) => (
            <Reply key={reply.id} reply={reply} scheduled={scheduled} onEdit={onEdit} />
          ))}
        </ul>
      )}
    </>
  );
}

function Reply({ reply, scheduled, onEdit }: RepliesProps & { readonly reply: ScheduledReply }) {
  const words = useScheduledWords();
  const { locale } = useWords();
  const me = useMe();
  const { author, dueAt, refused, text } = reply;
  const isOwn = author.id === me.memberId;
  const when = momentText(dueAt, Date.now(), locale);
  return (
    <li className="scheduled-reply" data-stopped={refused !== null || undefined}>
      <p className="scheduled-when">
        {refused === null ? <ClockCircleOutlined aria-hidden /> : <WarningOutlined aria-hidden />}
        <span>{refused === null ? words.waits(when) : words.stopped[refused]}</span>
        {!isOwn && author.name !== null && <bdi className="meta">{words.by(safeText(author.name))}</bdi>}
      </p>
      <p className="scheduled-text" dir="auto">
        {text === '' ? words.notShown : safeText(text)}
      </p>
      <div className="scheduled-acts">
        {isOwn && text !== '' && reply.masked !== true && (
          <Act label={words.edit} scheduled={scheduled} onPress={() => void scheduled.edit(reply).then(onEdit)} />
        )}
        {isOwn && <Act label={words.sendNow} scheduled={scheduled} onPress={() => scheduled.sendNow(reply)} />}
        {(isOwn || rights.arrange(me.role)) && (
          <Act label={words.cancel} scheduled={scheduled} onPress={() => scheduled.cancel(reply, isOwn)} />
        )}
      </div>
    </li>
  );
}

interface ActProps {
  readonly label: string;
  readonly scheduled: Scheduled;
  readonly onPress: () => void;
}

function Act({ label, scheduled, onPress }: ActProps) {
  return (
    <button
      type="button"
      className="plain-button"
      aria-disabled={scheduled.busy}
      onClick={() => !scheduled.busy && onPress()}
    >
      {label}
    </button>
  );
}
