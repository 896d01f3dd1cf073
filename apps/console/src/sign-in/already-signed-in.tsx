import type { Me } from '@libs/contracts';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { forgetEverything } from '../live/live-session.js';
import { api } from '../session/api.js';
import { homeOf } from '../session/rights.js';
import { rememberMe, sessionEnded } from '../session/session.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { PublicPage } from './public-page.js';

/** Whom the server knows this browser as; asked of the server itself, because the page may remember an ended session. */
export function useAlreadySignedIn() {
  const [me, setMe] = useState<Me>();
  useEffect(() => {
    if (sessionEnded.get()) return;
    const asking = new AbortController();
    void api.me(asking.signal).then(setMe, () => undefined);
    return () => asking.abort();
  }, []);
  return { me, forget: () => setMe(undefined) };
}

export function AlreadySignedIn({ me, onOther }: { readonly me: Me; readonly onOther: () => void }) {
  const words = useAccountWords();
  const navigate = useNavigate();
  async function enter(): Promise<void> {
    rememberMe(me);
    await navigate({ to: homeOf(me), replace: true });
  }
  async function leave(): Promise<void> {
    await api.signOut().catch(() => undefined);
    forgetEverything();
    onOther();
  }
  return (
    <PublicPage screen="sign-in" state="already" title={words.alreadyTitle}>
      <p dir="auto">{words.signedInAs(me.displayName, me.tenant.name)}</p>
      <Button type="primary" size="large" block onClick={() => void enter()}>
        {words.enter}
      </Button>
      <Button size="large" block onClick={() => void leave()}>
        {words.otherAccount}
      </Button>
    </PublicPage>
  );
}
