import type { SignInEntry } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { useNow } from '../live/use-now.js';
import { accountApi } from '../session/api.js';
import { Refusal } from '../settings/refusal.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons } from '../shell/dialog-buttons.js';
import { Failed, Loading } from '../shell/page.js';
import { useNarrow } from '../shell/use-narrow.js';
import { exactTime } from '../words/format.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { useWords } from '../words/use-words.js';

/** Where one is signed in, and what happened to the login. */
export function SignInSections() {
  const words = useSettingsWords();
  const query = useQuery({
    queryKey: ['sign-ins'],
    queryFn: ({ signal }) => accountApi.signIns(signal),
    staleTime: 0,
  });
  const refetch = async () => void (await query.refetch());
  const items = query.data?.items;
  const sessions = items?.filter(({ sessionId }) => sessionId !== null) ?? [];
  return (
    <>
      <section className="card" aria-labelledby="my-sessions">
        <h2 id="my-sessions">{words.sessions}</h2>
        {!items && !query.error && <Loading rows={3} shape="lines" />}
        {query.error && <Failed error={query.error} retry={() => void refetch()} />}
        {items && <Sessions sessions={sessions} refetch={refetch} />}
      </section>
      {items && (
        <>
          <h2>{words.events}</h2>
          {items.length === 0 ? <p className="quiet">{words.noEvents}</p> : <Events items={items} />}
        </>
      )}
    </>
  );
}

interface SessionsProps {
  readonly sessions: readonly SignInEntry[];
  readonly refetch: () => Promise<void>;
}

function Sessions({ sessions, refetch }: SessionsProps) {
  const words = useSettingsWords();
  const act = useAct();
  const [asking, setAsking] = useState(false);
  const others = sessions.filter(({ current }) => !current);
  const endAll = () => accountApi.endOtherSessions().then(refetch);
  return (
    <>
      <Refusal error={act.error} />
      <ul className="session-list">
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            busy={act.busy}
            onEnd={(id) => void act.run(() => accountApi.endSession(id).finally(refetch))}
          />
        ))}
      </ul>
      {others.length === 0 ? (
        <p className="quiet">{words.noOthers}</p>
      ) : (
        <div className="button-row">
          <Button onClick={() => setAsking(true)}>{words.endOthers}</Button>
        </div>
      )}
      {asking && (
        <Dialog title={words.endOthers} onClose={() => setAsking(false)}>
          <p>{words.endOthersEffect}</p>
          <Refusal error={act.error} />
          <DialogButtons
            verb={words.endOthers}
            busy={act.busy}
            onClose={() => setAsking(false)}
            onAct={() => void act.run(() => endAll().then(() => setAsking(false)))}
          />
        </Dialog>
      )}
    </>
  );
}

interface SessionRowProps {
  readonly session: SignInEntry;
  readonly busy: boolean;
  readonly onEnd: (sessionId: string) => void;
}

function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const words = useSettingsWords();
  const { locale } = useWords();
  const now = useNow();
  const { device, network, at, current, sessionId } = session;
  const name = device ?? words.unknownDevice;
  const when = exactTime(at, now, locale);
  return (
    <li className="account-row" data-session={current ? 'current' : 'other'}>
      <div>
        <p>
          {name} {current && <span className="state-tag">{words.current}</span>}
        </p>
        <p className="meta">
          {when}
          {network !== null && ` · ${network}`}
        </p>
      </div>
      {!current && sessionId !== null && (
        <Button aria-label={words.endOf(name, when)} loading={busy} onClick={() => onEnd(sessionId)}>
          {words.end}
        </Button>
      )}
    </li>
  );
}

interface EventsProps {
  readonly items: readonly SignInEntry[];
}

function Events({ items }: EventsProps) {
  return useNarrow() ? <EventCards items={items} /> : <EventTable items={items} />;
}

function useEventText() {
  const words = useSettingsWords();
  const { locale } = useWords();
  const now = useNow();
  return ({ at, kind, device, network }: SignInEntry) => ({
    when: exactTime(at, now, locale),
    what: words.eventKinds[kind],
    device: device ?? words.unknownDevice,
    network: network ?? words.unknownNetwork,
  });
}

/** The table on a phone. */
function EventCards({ items }: EventsProps) {
  const textOf = useEventText();
  return (
    <ul className="card event-list">
      {items.map((item) => {
        const { when, what, device, network } = textOf(item);
        return (
          <li key={item.id} data-event={item.kind}>
            <p>{what}</p>
            <p className="meta">
              {when} · {device} · {network}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

function EventTable({ items }: EventsProps) {
  const words = useSettingsWords();
  const textOf = useEventText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard
    <section className="table-box" tabIndex={0} aria-label={words.events}>
      <table>
        <caption className="visually-hidden">{words.events}</caption>
        <thead>
          <tr>
            {[words.time, words.event, words.device, words.network].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const { when, what, device, network } = textOf(item);
            return (
              <tr key={item.id} data-event={item.kind}>
                <td>{when}</td>
                <td>{what}</td>
                <td>{device}</td>
                <td className="one-line">{network}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
