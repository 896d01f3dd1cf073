import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import type { FirstRun, InboxDetail } from '@libs/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { useInbox, useKeepInbox } from '../inboxes/inbox-queries.js';
import { snippetsFor } from '../inboxes/snippets.js';
import { CopyButton } from '../second-step/copy-button.js';
import { inboxesApi } from '../session/api.js';
import { Refusal } from '../settings/refusal.js';
import { useWelcomeWords } from '../words/around/use-around-words.js';

/** Without a first load for so long the page helps to look for the reason. */
const CHECK_MS = 10 * 60_000;

export function SnippetStep({ run }: { readonly run: FirstRun }) {
  const words = useWelcomeWords();
  return run.inbox?.live ? <Installing run={run} inboxId={run.inbox.id} /> : <p>{words.snippetFirst}</p>;
}

function Installing({ run, inboxId }: { readonly run: FirstRun; readonly inboxId: string }) {
  const words = useWelcomeWords();
  const { data: inbox } = useInbox(inboxId);
  const late = useLate();
  if (!inbox) return null;
  const code = snippetsFor(inbox)[0]!.code;
  return (
    <>
      <p>{words.snippetHint}</p>
      <textarea
        className="welcome-code"
        readOnly
        rows={4}
        aria-label={words.snippetCode}
        value={code}
        onFocus={(event) => event.target.select()}
      />
      <CopyButton text={code} />
      {run.refusedOrigin && <Refused inbox={inbox} refused={run.refusedOrigin} />}
      {run.steps.snippet === null && <p className="quiet">{words.snippetWaiting}</p>}
      {run.steps.snippet === null && late && <Checks run={run} origins={inbox.origins.length} />}
    </>
  );
}

function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), CHECK_MS);
    return () => clearTimeout(timer);
  }, []);
  return late;
}

interface RefusedProps {
  readonly inbox: InboxDetail;
  readonly refused: NonNullable<FirstRun['refusedOrigin']>;
}

/** A site has the code but is not allowed: one press adds it, by the same act as the page of the inbox. */
function Refused({ inbox, refused }: RefusedProps) {
  const words = useWelcomeWords();
  const act = useAct();
  const keep = useKeepInbox();
  const client = useQueryClient();
  const origins = inbox.origins.map(({ origin }) => origin);
  if (origins.includes(refused.origin)) return <p role="status">{words.added}</p>;
  const add = async () => {
    keep(await inboxesApi.edit(inbox.id, { version: inbox.version, origins: [...origins, refused.origin] }));
    await client.invalidateQueries({ queryKey: ['first-run'] });
  };
  return (
    <>
      <Refusal error={act.error} />
      <div role="alert" className="bar bar-warning">
        <p>{words.refused(refused.shown)}</p>
        <Button aria-label={words.addOf(refused.shown)} loading={act.busy} onClick={() => void act.run(add)}>
          {words.add}
        </Button>
      </div>
    </>
  );
}

function Checks({ run, origins }: { readonly run: FirstRun; readonly origins: number }) {
  const words = useWelcomeWords();
  const asked = run.refusedOrigin !== null;
  const checks = [
    { ok: run.inbox?.live === true, text: words.checkLive(run.inbox?.live === true) },
    { ok: origins > 0, text: words.checkOrigins(origins) },
    { ok: false, text: words.checkAsked(asked) },
  ];
  return (
    <div role="status">
      <p>{words.checks}</p>
      <ul className="welcome-checks">
        {checks.map(({ ok, text }) => (
          <li key={text} data-ok={ok}>
            {ok ? <CheckOutlined aria-hidden /> : <CloseOutlined aria-hidden />}
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
