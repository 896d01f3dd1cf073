import type { HoursDetail } from '@libs/contracts';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { routingApi } from '../session/api.js';
import { useMe } from '../session/session.js';
import { SettingsPage } from '../settings/settings-frame.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons, Refused } from '../shell/dialog-buttons.js';
import { Failed, Loading, Nothing } from '../shell/page.js';
import { safeText } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { newHours } from './hours-draft.js';
import { HoursForm } from './hours-form.js';
import { useHours, useRefreshHours, useStanding } from './use-hours.js';
import { useHoursErrors, useHoursWords } from './words/use-hours-words.js';
import { zoneLabel } from './zone-names.js';
import './hours.css';

/** When the business answers: a list, and one of them to edit. */
export function HoursPage() {
  const words = useHoursWords();
  const { hoursId } = useParams({ strict: false });
  const query = useHours();
  const items = query.data?.items ?? [];
  const opened = items.find(({ id }) => id === hoursId);
  const [made, setMade] = useState('');
  // Whoever comes back by the list is told nothing of a moment ago.
  useEffect(() => {
    if (hoursId === undefined) setMade('');
  }, [hoursId]);
  if (query.data && hoursId === 'new') {
    return <HoursForm key="new" draft={newHours()} title={words.create} onMade={setMade} />;
  }
  if (opened) {
    const title = words.editOf(opened.name);
    return <HoursForm key={opened.id} draft={opened} {...{ title, saved: opened, justMade: opened.id === made }} />;
  }
  const state = query.isPending ? 'loading' : query.isError ? 'error' : items.length === 0 ? 'empty' : 'ready';
  return (
    <SettingsPage
      screen="business-hours"
      state={state}
      title={words.title}
      aside={state === 'ready' && <CreateButton />}
    >
      <p className="quiet">{words.intro}</p>
      {state === 'loading' && <Loading rows={3} shape="cards" />}
      {state === 'error' && <Failed error={query.error} retry={() => void query.refetch()} />}
      {state === 'empty' && (
        <Nothing text={words.empty}>
          <CreateButton />
        </Nothing>
      )}
      {state === 'ready' && (
        <ul className="hours-list">
          {items.map((hours) => (
            <HoursCard key={hours.id} hours={hours} />
          ))}
        </ul>
      )}
    </SettingsPage>
  );
}

function CreateButton() {
  const words = useHoursWords();
  const navigate = useNavigate();
  const { slug } = useMe().tenant;
  const to = '/w/$slug/settings/business-hours/$hoursId';
  return (
    <Button type="primary" onClick={() => void navigate({ to, params: { slug, hoursId: 'new' } })}>
      {words.create}
    </Button>
  );
}

function HoursCard({ hours }: { readonly hours: HoursDetail }) {
  const words = useHoursWords();
  const { locale } = useWords();
  const { slug } = useMe().tenant;
  const standing = useStanding();
  return (
    <li className="card hours-card">
      <div className="hours-card-text">
        <h2>
          <Link
            to="/w/$slug/settings/business-hours/$hoursId"
            params={{ slug, hoursId: hours.id }}
            className="row-link"
          >
            <bdi>{safeText(hours.name)}</bdi>
          </Link>
          {hours.isDefault && <span className="state-tag">{words.defaultTag}</span>}
        </h2>
        <p>{standing(hours.now, hours.timeZone)}</p>
        <p className="meta">{zoneLabel(locale, hours.timeZone)}</p>
      </div>
      <HoursActs hours={hours} />
    </li>
  );
}

function HoursActs({ hours }: { readonly hours: HoursDetail }) {
  const words = useHoursWords();
  const sentence = useHoursErrors();
  const refresh = useRefreshHours();
  const act = useAct();
  const [sure, setSure] = useState(false);
  const { id, name, version, isDefault } = hours;
  return (
    <div className="button-row">
      {!isDefault && (
        <Button
          aria-label={words.defaultOf(name)}
          loading={act.busy}
          onClick={() => void act.run(() => routingApi.makeDefaultHours(id, version).finally(refresh))}
        >
          {words.makeDefault}
        </Button>
      )}
      <Button aria-label={words.removeOf(name)} aria-haspopup="dialog" onClick={() => setSure(true)}>
        {words.remove}
      </Button>
      {act.error !== null && (
        <p role="alert" className="form-fault">
          {sentence(act.error)}
        </p>
      )}
      {sure && <RemoveDialog hours={hours} onClose={() => setSure(false)} />}
    </div>
  );
}

function RemoveDialog({ hours, onClose }: { readonly hours: HoursDetail; readonly onClose: () => void }) {
  const words = useHoursWords();
  const sentence = useHoursErrors();
  const refresh = useRefreshHours();
  const act = useAct();
  const { id, name, version } = hours;
  return (
    <Dialog title={words.removeOf(name)} onClose={onClose}>
      <p>{words.removeEffect}</p>
      <Refused why={act.error === null ? undefined : sentence(act.error)} />
      <DialogButtons
        {...{ verb: words.remove, busy: act.busy, onClose }}
        onAct={() => void act.run(() => routingApi.removeHours(id, version).then(onClose).finally(refresh))}
      />
    </Dialog>
  );
}
