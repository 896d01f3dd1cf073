import { personHandle, type SubjectLink, UNLINK_REASONS, type UnlinkReason } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { useNow } from '../live/use-now.js';
import { privacyApi } from '../session/api.js';
import { useMe } from '../session/session.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons, Refused } from '../shell/dialog-buttons.js';
import { errorText } from '../words/error-text.js';
import { exactTime } from '../words/format.js';
import { useLinkWords } from '../words/links/use-link-words.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import '../forms/forms.css';
import '../values/values.css';
import './contacts.css';

const keyOf = (subjectId: string) => ['subject-links', subjectId] as const;

/** Whom a signed statement of the site took for this person, and the way to take a wrong link apart. Absent without any. */
export function LinkedPeople({ subjectId }: { readonly subjectId: string }) {
  const words = useLinkWords();
  const query = useQuery({
    queryKey: keyOf(subjectId),
    queryFn: ({ signal }) => privacyApi.links(subjectId, signal),
  });
  const [asked, setAsked] = useState<SubjectLink>();
  const links = query.data?.items ?? [];
  if (links.length === 0) return null;
  return (
    <section className="card" aria-labelledby="links-title">
      <h2 id="links-title">{words.title}</h2>
      <p className="quiet">{words.hint}</p>
      <ul className="consents">
        {links.map((link) => (
          <LinkLine key={link.id} link={link} subjectId={subjectId} onUnlink={() => setAsked(link)} />
        ))}
      </ul>
      {asked && <UnlinkDialog link={asked} subjectId={subjectId} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

/** The ends of a link that are not the person of the page; both, where it leads on from somebody linked. */
function endsOf({ subjectId: one, otherId: other }: SubjectLink, subjectId: string): readonly string[] {
  return [one, other].filter((id) => id !== subjectId);
}

function useTitle(link: SubjectLink, subjectId: string): string {
  const words = useLinkWords();
  const personal = usePersonalWords();
  const [one, other] = endsOf(link, subjectId).map((id) => personal.person(personHandle(id)));
  return other === undefined ? one! : words.between(one!, other);
}

interface LineProps {
  readonly link: SubjectLink;
  readonly subjectId: string;
  readonly onUnlink: () => void;
}

function LinkLine({ link, subjectId, onUnlink }: LineProps) {
  const { slug } = useMe().tenant;
  const words = useWords();
  const links = useLinkWords();
  const now = useNow();
  const title = useTitle(link, subjectId);
  return (
    <li>
      <span className="consent-line">
        <Link to="/w/$slug/privacy/consents" params={{ slug }} search={{ subject: endsOf(link, subjectId)[0]! }}>
          {title}
        </Link>
        <Button size="small" onClick={onUnlink} aria-label={links.unlinkOf(title)}>
          {links.unlink}
        </Button>
      </span>
      <span className="meta">
        {links.reasons[link.reason] ?? link.reason} · {exactTime(link.at, now, words.locale)}
      </span>
    </li>
  );
}

interface DialogProps {
  readonly link: SubjectLink;
  readonly subjectId: string;
  readonly onClose: () => void;
}

function UnlinkDialog({ link, subjectId, onClose }: DialogProps) {
  const words = useWords();
  const links = useLinkWords();
  const client = useQueryClient();
  const act = useAct();
  const [reason, setReason] = useState<UnlinkReason>();
  const title = useTitle(link, subjectId);
  const undo = async (): Promise<void> => {
    try {
      await privacyApi.undoLink(link.id, reason!);
      onClose();
    } finally {
      void client.invalidateQueries({ queryKey: ['subject-links'] });
      void client.invalidateQueries({ queryKey: ['contact-record'] });
      void client.invalidateQueries({ queryKey: ['conversations', { person: subjectId }] });
    }
  };
  return (
    <Dialog title={links.unlinkOf(title)} onClose={onClose}>
      <p>{links.unlinkEffect}</p>
      <fieldset className="reveal-reasons">
        <legend>{links.why}</legend>
        {UNLINK_REASONS.map((one) => (
          <label key={one} className="check">
            <input type="radio" name="unlink-reason" checked={reason === one} onChange={() => setReason(one)} />
            {links.unlinkReasons[one]}
          </label>
        ))}
      </fieldset>
      <Refused why={act.error === null ? undefined : errorText(act.error, words)} />
      <DialogButtons
        {...{ verb: links.unlink, busy: act.busy, disabled: reason === undefined, focused: false, onClose }}
        onAct={() => void act.run(undo)}
      />
    </Dialog>
  );
}
