import { useLocation } from '@tanstack/react-router';

/** The secret of a link stands behind the `#`, so that no server or proxy has written it down; empty where there is none. */
export function useLinkToken(): string {
  const hash = useLocation({ select: (location) => location.hash });
  return new URLSearchParams(hash).get('token') ?? '';
}
