import type { RegisterView } from '@libs/contracts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useNow } from '../live/use-now.js';
import { useMe } from '../session/session.js';
import { Failed, Loading } from '../shell/page.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { exactTime } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { ActivityForm } from './activity-form.js';
import { AllowedBases } from './allowed-bases.js';
import { AskedBar } from './asked-bar.js';
import { DeskPage } from './desk-frame.js';
import { useRegister } from './register-queries.js';
import { ActivityTable } from './register-table.js';
import { Comparison, VersionList } from './register-versions.js';
import './register.css';

export function RegisterPage() {
  const desk = useDeskWords();
  const query = useRegister();
  const { edit, compare } = useSearch({ from: '/w/$slug/privacy/register' });
  const state = query.data ? 'ready' : query.isError ? 'error' : 'loading';
  return (
    <DeskPage
      screen={edit === undefined ? 'processing-register' : 'processing-register-form'}
      state={state}
      title={desk.register}
      aside={query.data && <VersionMark view={query.data} />}
    >
      {query.data ? (
        <Register view={query.data} edit={edit} compare={compare} />
      ) : query.isError ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Loading rows={10} />
      )}
    </DeskPage>
  );
}

function VersionMark({ view }: { readonly view: RegisterView }) {
  const words = useWords();
  const desk = useDeskWords();
  const now = useNow();
  return (
    <p className="meta" data-register-version={view.version}>
      {desk.versionNo(view.version)}
      {' · '}
      {view.changedBy === null
        ? desk.productDefault
        : desk.changedBy(view.changedBy, exactTime(view.changedAt, now, words.locale))}
    </p>
  );
}

interface RegisterProps {
  readonly view: RegisterView;
  readonly edit: string | undefined;
  readonly compare: number | undefined;
}

function Register({ view, edit, compare }: RegisterProps) {
  const desk = useDeskWords();
  const { slug } = useMe().tenant;
  const navigate = useNavigate();
  const [saved, setSaved] = useState<number | null>(null);
  const [asked, setAsked] = useState(false);
  const close = () => void navigate({ to: '/w/$slug/privacy/register', params: { slug }, search: {} });
  const activity = view.register.activities.find(({ purpose }) => purpose === edit);
  if (activity) {
    return (
      <ActivityForm
        key={activity.purpose}
        view={view}
        activity={activity}
        onClose={close}
        onSaved={(version) => {
          setSaved(version);
          setAsked(false);
          close();
        }}
        onAsked={() => {
          setSaved(null);
          setAsked(true);
          close();
        }}
      />
    );
  }
  return (
    <>
      {saved !== null && (
        <p role="status" className="bar bar-success">
          {desk.newVersion(saved)}
        </p>
      )}
      {asked && <AskedBar />}
      <ActivityTable register={view.register} />
      <AllowedBases view={view} onSaved={setSaved} />
      {compare !== undefined && <Comparison current={view} older={compare} />}
      <VersionList current={view.version} />
    </>
  );
}
