import type { InboxDetail } from '@libs/contracts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ConflictBar } from '../forms/conflict-bar.js';
import { inboxesApi } from '../session/api.js';
import { useMe } from '../session/session.js';
import { useForgetInboxes } from './inbox-queries.js';
import { InboxState } from './inboxes-page.js';
import { SureDialog } from './sure-dialog.js';
import { TAB_OF } from './tabs.js';
import type { DraftEditing } from './use-inbox-draft.js';
import { useInboxErrors, useInboxWords } from './words/use-inbox-words.js';
import type { InboxWords } from './words/zh-cn.js';

/** State and switch, beside the title. */
export function InboxHead({ editing, solid }: { readonly editing: DraftEditing; readonly solid: boolean }) {
  const words = useInboxWords();
  const [asking, setAsking] = useState(false);
  const { inbox } = editing;
  const live = inbox.state === 'live';
  const blocked = blockedBy(editing, words);
  const turn = (act: 'switch-on' | 'switch-off') => editing.act((version) => inboxesApi.act(inbox.id, act, version));
  return (
    <div className="button-row">
      <InboxState state={inbox.state} />
      {inbox.state !== 'ended' && (
        <Button
          type={solid ? 'primary' : 'default'}
          disabled={blocked !== undefined}
          aria-describedby={blocked === undefined ? undefined : 'switch-blocked'}
          onClick={() => (live ? setAsking(true) : void turn('switch-on'))}
        >
          {live ? words.switchOff : words.switchOn}
        </Button>
      )}
      {inbox.state !== 'ended' && blocked !== undefined && (
        <span id="switch-blocked" className="form-hint">
          {blocked}
        </span>
      )}
      {asking && (
        <SureDialog
          title={words.switchOffTitle(inbox.name)}
          effect={words.switchOffEffect}
          verb={words.switchOff}
          onClose={() => setAsking(false)}
          onAct={() => turn('switch-off')}
        />
      )}
    </div>
  );
}

/** Why it cannot be switched now; undefined where it can. */
function blockedBy({ dirty, inbox }: DraftEditing, words: InboxWords): string | undefined {
  if (dirty) return words.switchUnsaved;
  if (inbox.state !== 'live' && inbox.missing.length > 0) return words.switchMissing(inbox.missing.length);
  return undefined;
}

/** Switching it on is the next act: nothing is missing, and nothing waits to be saved. */
export function isReadyToStart({ dirty, inbox }: DraftEditing): boolean {
  return inbox.state === 'draft' && inbox.missing.length === 0 && !dirty;
}

/** What was refused, and what somebody else changed meanwhile. */
export function InboxBars({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const sentence = useInboxErrors();
  const { conflict, error, faults } = editing;
  if (conflict) {
    const names = String(conflict.details.changed ?? '')
      .split(',')
      .filter(Boolean);
    return (
      <ConflictBar error={conflict} changes={names.map((one) => ({ label: words.settings[one] ?? one }))}>
        <Button onClick={() => void editing.keepMine()}>{words.useMine}</Button>
        <Button onClick={() => void editing.takeTheirs()}>{words.useTheirs}</Button>
      </ConflictBar>
    );
  }
  if (error === null || faults.length > 0) return null;
  return (
    <div role="alert" className="bar bar-error">
      <p>{sentence(error)}</p>
    </div>
  );
}

/** What is missing before it can be switched on, each with the way there. */
export function MissingList({ inbox }: { readonly inbox: InboxDetail }) {
  const words = useInboxWords();
  const { slug } = useMe().tenant;
  if (inbox.state === 'live' && inbox.missing.length === 0) {
    return <p className="bar bar-success">{words.live}</p>;
  }
  if (inbox.missing.length === 0) return <p className="bar bar-info">{words.ready}</p>;
  return (
    <section className="card missing-list" aria-labelledby="missing-title">
      <h3 id="missing-title">{words.missingTitle}</h3>
      <ul>
        {inbox.missing.map((gap) => (
          <li key={gap}>
            <Link
              to="/w/$slug/settings/inboxes/$inboxId"
              params={{ slug, inboxId: inbox.id }}
              search={(before: object) => ({ ...before, tab: TAB_OF[gap] })}
            >
              {words.gaps[gap]}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The end of an inbox; its name has to be typed. */
export function DangerSection({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const navigate = useNavigate();
  const forget = useForgetInboxes();
  const { slug } = useMe().tenant;
  const [asking, setAsking] = useState(false);
  const { inbox } = editing;
  async function end(): Promise<void> {
    await inboxesApi.end(inbox.id, inbox.version, inbox.name);
    editing.discard();
    forget();
    await navigate({ to: '/w/$slug/settings/inboxes', params: { slug } });
  }
  return (
    <section className="danger-zone" aria-labelledby="danger-title">
      <h3 id="danger-title">{words.dangerTitle}</h3>
      <p className="quiet">{words.dangerText}</p>
      <Button danger onClick={() => setAsking(true)}>
        {words.end}
      </Button>
      {asking && (
        <SureDialog
          title={words.endTitle(inbox.name)}
          effect={words.dangerText}
          verb={words.end}
          typed={inbox.name}
          onClose={() => setAsking(false)}
          onAct={end}
        />
      )}
    </section>
  );
}
