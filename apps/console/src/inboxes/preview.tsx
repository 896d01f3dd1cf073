import { brandColours, type InboxSettings } from '@libs/contracts';
import { useEffect, useRef, useState } from 'react';
import { usePreferences } from '../device/preferences.js';
import { ChoiceButtons } from './choice-buttons.js';
import { PREVIEW_PAGE, type PreviewWish, startPreview } from './preview-frame.js';
import type { DraftEditing } from './use-inbox-draft.js';
import { useInboxWords } from './words/use-inbox-words.js';

type Shown = 'closed' | PreviewWish['state'] | 'away';

/** Typing is not followed letter by letter. */
const CALM_MS = 400;

/** What the widget would be told if the edit were saved. */
function settingsOf({ inbox, values }: DraftEditing): InboxSettings {
  const { look, businessName, greeting, phone, locales } = values;
  const draft = Object.entries(inbox.notice.notices).map(([locale, text]) => [
    locale,
    inbox.settings.notice[locale] ?? { ...text, controller: businessName, version: 1, hash: 'preview' },
  ]);
  return {
    ...inbox.settings,
    ...{ businessName, greeting, phone, locales },
    theme: { ...brandColours(look.brand, look.contrast), mode: look.mode },
    place: { side: look.side, x: look.offsetX, y: look.offsetY },
    notice: Object.fromEntries(draft),
  };
}

/** The real widget with unsaved values, through its states; nothing is written. */
export function Preview({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const preferences = usePreferences();
  const [shown, setShown] = useState<Shown>('notice');
  const [device, setDevice] = useState<'desk' | 'phone'>('desk');
  const [theme, setTheme] = useState<'light' | 'dark'>('light');
  const [locale, setLocale] = useState(preferences.locale);
  const settings = useCalm(JSON.stringify(settingsOf(editing)));
  const parsed = JSON.parse(settings) as InboxSettings;
  const mode = parsed.theme.mode === 'auto' ? theme : parsed.theme.mode;
  const options = <T extends string>(of: Readonly<Record<T, string>>) => Object.entries(of) as [T, string][];
  return (
    <section className="preview" aria-label={words.preview}>
      <div className="preview-switches">
        <ChoiceButtons
          label={words.previewStates}
          value={shown}
          options={options(words.previewState as Record<Shown, string>)}
          onChange={setShown}
        />
        <ChoiceButtons
          label={words.previewDevices}
          value={device}
          options={options(words.previewDevice as Record<'desk' | 'phone', string>)}
          onChange={setDevice}
        />
        <ChoiceButtons
          label={words.previewThemes}
          value={theme}
          options={(['light', 'dark'] as const).map((one) => [one, words.modes[one]!] as const)}
          onChange={setTheme}
        />
        <ChoiceButtons
          label={words.previewLocales}
          value={locale}
          options={options(words.previewLocale as Record<'zh-CN' | 'en', string>)}
          onChange={setLocale}
        />
      </div>
      <div className="preview-stage" data-device={device} data-theme={theme} data-side={parsed.place?.side}>
        {shown === 'closed' ? (
          <Launcher settings={parsed} />
        ) : (
          <PanelFrame key={`${settings} ${shown} ${mode} ${locale}`} wish={wishOf(parsed, shown, locale, mode)} />
        )}
      </div>
      <p className="form-hint">{words.previewNote}</p>
    </section>
  );
}

/** `away` is the conversation at an hour when nobody answers, and the next one is tomorrow's. */
function wishOf(
  settings: InboxSettings,
  shown: Exclude<Shown, 'closed'>,
  locale: PreviewWish['locale'],
  theme: PreviewWish['theme'],
): PreviewWish {
  if (shown !== 'away') return { settings, locale, theme, state: shown };
  const opens = new Date();
  opens.setDate(opens.getDate() + 1);
  opens.setHours(9, 0, 0, 0);
  const hours = { ...settings.hours, open: false, changes: [opens.getTime()] };
  return { settings: { ...settings, hours }, locale, theme, state: 'conversation' };
}

function PanelFrame({ wish }: { readonly wish: PreviewWish }) {
  const words = useInboxWords();
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);
  return (
    <iframe
      className="preview-panel"
      title={words.preview}
      srcDoc={PREVIEW_PAGE}
      onLoad={({ currentTarget }) => {
        stop.current ??= startPreview(currentTarget, wish);
      }}
    />
  );
}

/** The closed widget is the button on the page. */
function Launcher({ settings }: { readonly settings: InboxSettings }) {
  const { theme, place } = settings;
  const [side, x, y] = [place?.side ?? 'right', place?.x ?? 20, place?.y ?? 20];
  return (
    <span
      className="preview-launcher"
      aria-hidden
      style={{ background: theme.brand, color: theme.onBrand, [side]: x, bottom: y }}
    >
      <svg
        viewBox="0 0 24 24"
        width="24"
        height="24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        aria-hidden="true"
      >
        <path d="M4 5h16v11H9l-5 4z" strokeLinejoin="round" />
      </svg>
    </span>
  );
}

/** `value` once it has stayed the same for a moment. */
function useCalm(value: string): string {
  const [calm, setCalm] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setCalm(value), CALM_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return calm;
}
