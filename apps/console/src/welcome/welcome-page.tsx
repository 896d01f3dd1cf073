import { FIRST_STEPS, type FirstRun } from '@libs/contracts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect } from 'react';
import { savePreferences } from '../preferences/own-preferences.js';
import { justMade } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { Failed, Loading, Page } from '../shell/page.js';
import { useWelcomeWords } from '../words/around/use-around-words.js';
import { useFirstRun } from './first-run.js';
import { StepItem } from './step-item.js';
import { doneOf, fromInstall, nextOf } from './steps.js';
import './welcome.css';

/** Five steps to the first answer; each ticks itself when it happens. */
export function WelcomePage() {
  const words = useWelcomeWords();
  const query = useFirstRun({ wanted: true, live: true });
  useEffect(() => justMade.set(false), []);
  const state = query.data ? 'ready' : query.error ? 'error' : 'loading';
  const progress = query.data && <Progress done={doneOf(query.data)} />;
  return (
    <Page screen="welcome" state={state} title={words.title} aside={progress}>
      {state === 'loading' && <Loading rows={5} shape="lines" />}
      {state === 'error' && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Steps run={query.data} />}
    </Page>
  );
}

function Progress({ done }: { readonly done: number }) {
  const words = useWelcomeWords();
  const all = FIRST_STEPS.length;
  return (
    <p className="welcome-progress">
      <span role="status">{words.progress(done, all)}</span>
      <progress max={all} value={done} aria-hidden />
    </p>
  );
}

function Steps({ run }: { readonly run: FirstRun }) {
  const words = useWelcomeWords();
  const me = useMe();
  const next = nextOf(run);
  return (
    <div className="welcome">
      <p className="quiet">{words.welcome(me.displayName)}</p>
      <ol className="welcome-steps">
        {FIRST_STEPS.map((step, index) => (
          <StepItem key={step} step={step} number={index + 1} run={run} open={step === next} />
        ))}
      </ol>
      {next === undefined ? <Finished run={run} slug={me.tenant.slug} /> : <Skip slug={me.tenant.slug} />}
    </div>
  );
}

function Finished({ run, slug }: { readonly run: FirstRun; readonly slug: string }) {
  const words = useWelcomeWords();
  const took = fromInstall(run);
  const seconds = Math.max(1, Math.round((took ?? 0) / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return (
    <div className="welcome-done" role="status">
      <p>{words.allDone}</p>
      {took !== undefined && <p>{words.took(words.duration(hours, minutes, seconds % 60))}</p>}
      <Link to="/w/$slug/conversations/$view" params={{ slug, view: 'mine' }}>
        {words.toWork}
      </Link>
    </div>
  );
}

function Skip({ slug }: { readonly slug: string }) {
  const words = useWelcomeWords();
  const navigate = useNavigate();
  const skip = () => {
    void savePreferences({ welcomeSkipped: true });
    void navigate({
      to: '/w/$slug/conversations/$view',
      params: { slug, view: 'mine' },
    });
  };
  return (
    <div className="welcome-skip">
      <Button onClick={skip}>{words.skip}</Button>
      <p className="form-hint">{words.skipHint}</p>
    </div>
  );
}
