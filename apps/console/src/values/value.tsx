import { EyeInvisibleOutlined, LockOutlined, StopOutlined } from '@ant-design/icons';
import type { PersonalValue } from '@libs/contracts';
import { useNow } from '../live/use-now.js';
import { day, safeText } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import type { PersonalWords } from '../words/personal/vocabulary.js';
import { useWords } from '../words/use-words.js';
import type { Locale } from '../words/vocabulary.js';
import './values.css';

interface ValueProps {
  readonly label: string;
  readonly value: PersonalValue;
  /** In lists the reason stands in the description only. */
  readonly compact?: boolean;
}

/** Draws every face of a value; it never knows more than the face shows. */
export function Value({ label, value, compact = false }: ValueProps) {
  const personal = usePersonalWords();
  switch (value.face) {
    case 'plain':
      return (
        <bdi className="value" dir="auto">
          {safeText(value.value)}
        </bdi>
      );
    case 'masked':
      return <Masked label={label} mask={value.value} />;
    case 'withheld':
      return <Withheld label={label} value={value} compact={compact} />;
    case 'empty':
      return <span className="value value-empty">{personal.notProvided}</span>;
    case 'no-permission':
      return (
        <span className="value value-empty" title={personal.whoCanGrant}>
          <LockOutlined aria-hidden /> {personal.noPermission}
          <span className={compact ? 'visually-hidden' : 'value-why'}>{personal.whoCanGrant}</span>
        </span>
      );
  }
}

function Masked({ label, mask }: { readonly label: string; readonly mask: string }) {
  const personal = usePersonalWords();
  const ending = /\*([0-9A-Za-z]{2,})$/.exec(mask)?.[1] ?? '';
  return (
    <span className="value value-masked">
      <span aria-hidden>
        <span className="value-mask">{mask}</span> <EyeInvisibleOutlined title={personal.masked} />
      </span>
      <span className="visually-hidden">{personal.masksEnding(label, ending)}</span>
    </span>
  );
}

type WithheldValue = Extract<PersonalValue, { readonly face: 'withheld' }>;

/** The word of the chip and, beside it, whose decision it was. */
export function withheldWords(
  { reason, at }: WithheldValue,
  personal: PersonalWords,
  now: number,
  locale: Locale,
): { readonly state: string; readonly why: string } {
  const date = at === null ? '' : day(at, now, locale);
  switch (reason) {
    case 'purpose':
      return { state: personal.otherPurpose, why: personal.whyPurpose };
    case 'withdrawn':
      return { state: personal.withdrawn, why: personal.whyWithdrawn(date) };
    case 'refused':
      return { state: personal.noConsent, why: personal.whyRefused(date) };
    case 'superseded':
      return { state: personal.noConsent, why: personal.whySuperseded };
    case 'guardian':
      return { state: personal.noConsent, why: personal.whyGuardian };
    case 'no-consent':
      return { state: personal.noConsent, why: personal.whyNoConsent };
  }
}

interface WithheldProps {
  readonly label: string;
  readonly value: WithheldValue;
  readonly compact: boolean;
}

function Withheld({ label, value, compact }: WithheldProps) {
  const personal = usePersonalWords();
  const { locale } = useWords();
  const { state, why } = withheldWords(value, personal, useNow(), locale);
  return (
    <span className="value">
      <span className="value-chip" title={why}>
        <StopOutlined aria-hidden />
        <span aria-hidden={compact}>{state}</span>
      </span>
      {compact ? (
        <span className="visually-hidden">{personal.withheldName(label, state, why)}</span>
      ) : (
        <span className="value-why">{why}</span>
      )}
    </span>
  );
}
