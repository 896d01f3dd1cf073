import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../session/api.js';
import { homeOf } from '../session/rights.js';
import { rememberMe } from '../session/session.js';

/** What was typed stays through every refusal. */
export function useSignIn() {
  const [identifier, setIdentifier] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  async function submit(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      const me = await api.signIn({ identifier: identifier.trim(), password });
      rememberMe(me);
      const own = next?.startsWith(`/w/${me.tenant.slug}/`) === true;
      await navigate({ to: own ? next : homeOf(me), replace: true });
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  }
  return { identifier, setIdentifier, password, setPassword, busy, error, submit };
}
