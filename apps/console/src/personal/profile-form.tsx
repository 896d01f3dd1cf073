import { ApiError } from '@libs/api-client';
import { PROFILE_FIELDS, type Profile, type ProfileField } from '@libs/contracts';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { changedFields, type ToldField } from '../forms/changed-fields.js';
import { ConflictBar } from '../forms/conflict-bar.js';
import { TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { askWhoAmI } from '../session/session.js';
import { Refusal } from '../settings/refusal.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import type { SettingsWords } from '../words/settings/zh-cn.js';
import { useKeepProfile } from './use-profile.js';

/** Fields of this form; the others are changed with proof of identity. */
const FIELDS = PROFILE_FIELDS.filter((field) => field !== 'email' && field !== 'mobile');
type Draft = Readonly<Record<string, string>>;

const draftOf = (profile: Profile): Draft => Object.fromEntries(FIELDS.map((field) => [field, profile[field] ?? '']));

/** What differs from the profile it began with; an emptied field is null. */
export function changesOf(before: Profile, draft: Draft): Partial<Record<ProfileField, string | null>> {
  const changed = FIELDS.filter((field) => !before.locked.includes(field) && (before[field] ?? '') !== draft[field]);
  return Object.fromEntries(changed.map((field) => [field, draft[field] === '' ? null : draft[field]!]));
}

/** The draft over the profile that it began with; where somebody was quicker, theirs stands beside it. */
function useProfileEditing(profile: Profile) {
  const words = useSettingsWords();
  const keep = useKeepProfile();
  const [base, setBase] = useState(profile);
  // Whose version is written over: that of the base, or theirs once the person chose their own words.
  const over = useRef(profile.version);
  const [saved, setSaved] = useState(false);
  const [theirs, setTheirs] = useState<{ readonly profile: Profile; readonly error: unknown }>();
  const form = useForm<Draft>({
    initial: draftOf(profile),
    check: ({ displayName }) => ({ displayName: displayName?.trim() === '' ? words.nameMissing : '' }),
    send: save,
  });
  async function save(draft: Draft): Promise<void> {
    setSaved(false);
    try {
      const now = await accountApi.editProfile({ version: over.current, fields: changesOf(base, draft) });
      adopt(now, draft);
      setSaved(true);
      await askWhoAmI();
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'account.profile-changed')) throw error;
      setTheirs({ profile: await accountApi.profile(), error });
    }
  }
  const typed = useRef(form.values);
  useEffect(() => {
    typed.current = form.values;
  });
  /** What was typed while `sent` was being saved stays. */
  function adopt(now: Profile, sent = typed.current): void {
    setBase(now);
    over.current = now.version;
    setTheirs(undefined);
    keep(now);
    for (const [field, text] of Object.entries(draftOf(now))) {
      if (typed.current[field] === sent[field]) form.set(field, text);
    }
  }
  // Sent like any other try of the form, so that a refusal is shown where it belongs.
  function keepMine({ version }: Profile): void {
    over.current = version;
    form.submit();
  }
  const dirty = Object.keys(changesOf(base, form.values)).length > 0;
  useLeaveGuard(dirty);
  return { form, base, theirs, adopt, dirty, saved: saved && !dirty, keepMine };
}

export function ProfileForm({ profile }: { readonly profile: Profile }) {
  const words = useSettingsWords();
  const { form, base, theirs, adopt, dirty, saved, keepMine } = useProfileEditing(profile);
  return (
    <form className="settings-form" onSubmit={form.submit} noValidate>
      {theirs && (
        <ConflictBar error={theirs.error} changes={changedFields(base, theirs.profile, toldOf(words))}>
          <Button onClick={() => keepMine(theirs.profile)}>{words.useMine}</Button>
          <Button onClick={() => adopt(theirs.profile)}>{words.useTheirs}</Button>
        </ConflictBar>
      )}
      <Refusal error={form.error} />
      {FIELDS.map((field) =>
        base.locked.includes(field) ? (
          <LockedField key={field} label={words.fields[field]} value={base[field]} />
        ) : (
          <TextField
            key={field}
            form={form}
            name={field}
            label={words.fields[field]}
            needed={field === 'displayName'}
            autoComplete={AUTOCOMPLETE[field] ?? 'off'}
            hint={field === 'nickname' ? words.nicknameHint : undefined}
          />
        ),
      )}
      <div className="button-row">
        <Button type="primary" htmlType="submit" loading={form.busy} disabled={!dirty}>
          {words.save}
        </Button>
        {dirty && <Button onClick={() => adopt(base)}>{words.discard}</Button>}
        <span role="status">{saved ? words.saved : ''}</span>
      </div>
    </form>
  );
}

/** What is said of a profile that was changed elsewhere. */
function toldOf(words: SettingsWords): readonly ToldField<Profile>[] {
  return FIELDS.map((field) => ({
    label: words.fields[field],
    of: (profile) => profile[field],
    text: (profile) => profile[field] ?? '',
  }));
}

const AUTOCOMPLETE: Readonly<Partial<Record<ProfileField, string>>> = {
  displayName: 'name',
  nickname: 'nickname',
  contactAddress: 'street-address',
  position: 'organization-title',
};

function LockedField({ label, value }: { readonly label: string; readonly value: string | null }) {
  const words = useSettingsWords();
  return (
    <div className="field">
      <p className="quiet">{label}</p>
      <p dir="auto">{value ?? <span className="quiet">{words.notProvided}</span>}</p>
      <p className="form-hint">{words.lockedByAdmin}</p>
    </div>
  );
}

/** Closing the page with unsaved changes is asked about by the browser. */
function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
}
