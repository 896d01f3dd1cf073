import { ApiError } from '@libs/api-client';
import type { RegisterChange, RegisterContent, RegisterView } from '@libs/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { privacyApi } from '../session/api.js';

const KEY = ['register'] as const;
/** Typing does not ask the server at each key. */
const SETTLED_MS = 400;

export function useRegister() {
  return useQuery({ queryKey: [...KEY, 'now'], queryFn: ({ signal }) => privacyApi.register(signal) });
}

export function useRegisterVersions() {
  return useQuery({ queryKey: [...KEY, 'versions'], queryFn: ({ signal }) => privacyApi.registerVersions(signal) });
}

export function useRegisterVersion(version: number | undefined) {
  return useQuery({
    queryKey: [...KEY, 'version', version],
    queryFn: ({ signal }) => privacyApi.registerVersion(version!, signal),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What saving would do, asked once the hands rest; `null` = nothing changed. */
export function useImpact(next: RegisterContent | null, baseVersion: number) {
  const text = next === null ? '' : JSON.stringify(next);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQuery({
    queryKey: ['register-impact', baseVersion, settled],
    queryFn: ({ signal }) => privacyApi.previewRegister(JSON.parse(settled) as RegisterContent, baseVersion, signal),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  });
  const known = next !== null && settled === text && query.isSuccess && !query.isPlaceholderData;
  return { impact: known ? query.data : undefined, error: next === null ? null : query.error };
}

export function useChangeRegister() {
  const client = useQueryClient();
  return useMutation<RegisterView, Error, RegisterChange>({
    mutationFn: (change) => privacyApi.changeRegister(change),
    onSuccess: (view) => {
      client.setQueryData<RegisterView>([...KEY, 'now'], view);
      void client.invalidateQueries({ queryKey: [...KEY, 'versions'] });
      void client.invalidateQueries({ queryKey: ['approvals'] });
    },
  });
}

export function isOutdated(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'privacy.register-changed';
}
