import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { useKeys } from '../live/keys.js';
import { useMe } from '../session/session.js';

/** Opens the board for a wall; the whole screen where the browser grants it, else the whole window. */
export function useOpenWall(): () => void {
  const show = useShow();
  return () => {
    // Only a press may ask for it, and phones refuse.
    document.documentElement.requestFullscreen?.().catch(() => undefined);
    show(true);
  };
}

/** The way back: the button, Esc, or leaving the whole screen as the browser does it. */
export function useLeaveWall(): () => void {
  const show = useShow();
  const leave = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen();
    show(false);
  }, [show]);
  useKeys({ Escape: leave });
  useEffect(() => {
    const changed = () => {
      if (!document.fullscreenElement) show(false);
    };
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, [show]);
  return leave;
}

/** The address says it, so that a screen on a wall comes back as it was when it is loaded anew. */
function useShow(): (wall: boolean) => void {
  const navigate = useNavigate();
  const { slug } = useMe().tenant;
  return useCallback(
    // Whoever left it does not come back to it by going back.
    (wall) =>
      void navigate({ to: '/w/$slug/reports/live', params: { slug }, search: wall ? { wall } : {}, replace: !wall }),
    [navigate, slug],
  );
}

/** A screen that nobody touches would go dark. */
export function useAwake(): void {
  useEffect(() => {
    let held: WakeLockSentinel | undefined;
    let gone = false;
    const hold = async () => {
      // Not over plain HTTP, not in every browser, and taken away whenever the page is hidden.
      const lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
      if (gone) await lock?.release();
      else held = lock;
    };
    const seen = () => {
      if (document.visibilityState === 'visible') void hold();
    };
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => {
      gone = true;
      document.removeEventListener('visibilitychange', seen);
      void held?.release();
    };
  }, []);
}
