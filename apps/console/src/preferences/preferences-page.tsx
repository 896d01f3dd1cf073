import type { PreferenceSettings } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useSyncExternalStore } from 'react';
import { DensitySwitch, LanguageSwitch, Switch, ThemeSwitch } from '../device/device-switches.js';
import { ConflictBar } from '../forms/conflict-bar.js';
import { APPLE } from '../live/keys.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { Refusal } from '../settings/refusal.js';
import { SettingsPage } from '../settings/settings-frame.js';
import { Failed, Loading } from '../shell/page.js';
import { usePreferenceWords } from '../words/around/use-around-words.js';
import { useWords } from '../words/use-words.js';
import { NotificationMatrixTable } from './notification-matrix.js';
import { changedIn, savePreferences, saveTrouble, usePreferenceQuery } from './own-preferences.js';
import { QuietHoursField } from './quiet-hours-field.js';
import './preferences.css';

/** How the console looks, acts and makes itself heard for this member, on every device. */
export function PreferencesPage() {
  const words = usePreferenceWords();
  const query = usePreferenceQuery();
  const state = query.data ? 'ready' : query.error ? 'error' : 'loading';
  return (
    <SettingsPage screen="preferences" state={state} title={words.title}>
      {state === 'loading' && <Loading rows={3} shape="cards" />}
      {state === 'error' && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Sections settings={query.data} />}
    </SettingsPage>
  );
}

function Sections({ settings }: { readonly settings: PreferenceSettings }) {
  const words = usePreferenceWords();
  const screen = useWords();
  return (
    <>
      <p className="quiet">{words.hint}</p>
      <Trouble />
      <Card id="look" title={words.look}>
        <Row label={screen.language}>
          <LanguageSwitch />
        </Row>
        <Row label={screen.theme}>
          <ThemeSwitch />
        </Row>
        <Row label={words.density}>
          <DensitySwitch />
        </Row>
      </Card>
      <Card id="typing" title={words.typing}>
        <Row label={words.sendKey}>
          <Switch
            label={words.sendKey}
            value={settings.sendKey}
            choices={[
              { value: 'enter', label: 'Enter' },
              { value: 'mod-enter', label: APPLE ? '⌘ Enter' : 'Ctrl+Enter' },
            ]}
            onChange={(sendKey) => void savePreferences({ sendKey })}
          />
        </Row>
        <p className="form-hint">{settings.sendKey === 'enter' ? words.sendKeyEnter : words.sendKeyMod}</p>
        <Tick
          label={words.singleKeys}
          hint={words.singleKeysHint}
          on={settings.singleKeys}
          onChange={(singleKeys) => void savePreferences({ singleKeys })}
        />
      </Card>
      <Notifications settings={settings} />
      <FirstSteps />
    </>
  );
}

function Notifications({ settings }: { readonly settings: PreferenceSettings }) {
  const words = usePreferenceWords();
  return (
    <Card id="notifications" title={words.notifications}>
      <Tick
        label={words.sounds}
        hint={words.soundsHint}
        on={settings.sounds}
        onChange={(sounds) => void savePreferences({ sounds })}
      />
      <QuietHoursField hours={settings.quietHours} />
      <NotificationMatrixTable matrix={settings.notify} />
      <p className="form-hint">{words.desktopHint}</p>
    </Card>
  );
}

/** The way back to the list of first steps, for those who have it. */
function FirstSteps() {
  const words = usePreferenceWords();
  const me = useMe();
  if (!rights.members(me.role)) return null;
  return (
    <p>
      <Link to="/w/$slug/welcome" params={{ slug: me.tenant.slug }} className="lone-link">
        {words.firstSteps}
      </Link>
    </p>
  );
}

/** What could not be kept, and the choice where another device changed the same. */
function Trouble() {
  const words = usePreferenceWords();
  const screen = useWords();
  const trouble = useSyncExternalStore(saveTrouble.subscribe, saveTrouble.get);
  if (!trouble) return null;
  const { mine, error } = trouble;
  if (!mine) return <Refusal error={error} />;
  const names: Readonly<Record<keyof PreferenceSettings, string>> = {
    ...{ locale: screen.language, theme: screen.theme, sendKey: words.sendKey, singleKeys: words.singleKeys },
    ...{ sounds: words.sounds, quietHours: words.quietHours, notify: words.tellOf, welcomeSkipped: words.firstSteps },
  };
  return (
    // What they say now stands in the page already.
    <ConflictBar error={error} changes={changedIn(error).map((name) => ({ label: names[name] }))}>
      <Button onClick={() => void savePreferences(mine)}>{words.useMine}</Button>
      <Button onClick={() => saveTrouble.set(undefined)}>{words.useTheirs}</Button>
    </ConflictBar>
  );
}

interface CardProps {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}

function Card({ id, title, children }: CardProps) {
  return (
    <section className="card preference-card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="preference-row">
      <span aria-hidden>{label}</span>
      {children}
    </div>
  );
}

interface TickProps {
  readonly label: string;
  readonly hint: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function Tick({ label, hint, on, onChange }: TickProps) {
  return (
    <div>
      <label className="check">
        <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
        <span>{label}</span>
      </label>
      <p className="form-hint">{hint}</p>
    </div>
  );
}
