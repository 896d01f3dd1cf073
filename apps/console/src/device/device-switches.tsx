import { usePreferenceWords } from '../words/around/use-around-words.js';
import { useWords } from '../words/use-words.js';
import { changePreferences, type ThemeChoice, toggleLayout, useLayout, usePreferences } from './preferences.js';
import './device-switches.css';

interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly lang?: string;
}

interface SwitchProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
}

export function Switch<T extends string>({ label, value, choices, onChange }: SwitchProps<T>) {
  return (
    <fieldset className="switch">
      <legend className="visually-hidden">{label}</legend>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          lang={choice.lang}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </fieldset>
  );
}

export function LanguageSwitch() {
  const words = useWords();
  return (
    <Switch
      label={words.language}
      value={words.locale}
      choices={[
        { value: 'zh-CN', label: '中文', lang: 'zh-CN' },
        { value: 'en', label: 'English', lang: 'en' },
      ]}
      onChange={(locale) => changePreferences({ locale })}
    />
  );
}

export function ThemeSwitch() {
  const words = useWords();
  const { theme } = usePreferences();
  return (
    <Switch<ThemeChoice>
      label={words.theme}
      value={theme}
      choices={[
        { value: 'system', label: words.themeSystem },
        { value: 'light', label: words.themeLight },
        { value: 'dark', label: words.themeDark },
      ]}
      onChange={(choice) => changePreferences({ theme: choice })}
    />
  );
}

/** How much air rows have, on this device. */
export function DensitySwitch() {
  const words = usePreferenceWords();
  const { compact } = useLayout();
  return (
    <Switch
      label={words.density}
      value={compact ? 'compact' : 'comfortable'}
      choices={[
        { value: 'comfortable', label: words.comfortable },
        { value: 'compact', label: words.compact },
      ]}
      onChange={(choice) => (choice === 'compact') !== compact && toggleLayout('compact')}
    />
  );
}
