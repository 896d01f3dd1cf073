import { Observable } from '../live/observable.js';

export type DesktopPermission = 'default' | 'granted' | 'denied' | 'unsupported';

function permission(): DesktopPermission {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission;
}

export const desktopPermission = new Observable<DesktopPermission>(permission());

/** Only when somebody presses the button for it. */
export async function askForDesktop(): Promise<void> {
  await Notification.requestPermission();
  desktopPermission.set(permission());
}

interface DesktopNotice {
  /** What kind of news. */
  readonly title: string;
  /** Name of the inbox; a screen may be seen by anybody, so no person and no text stands here. */
  readonly body: string;
  readonly conversationId: string;
  readonly onOpen: () => void;
}

export function showOnDesktop({ title, body, conversationId, onOpen }: DesktopNotice): void {
  if (permission() !== 'granted' || document.hasFocus()) return;
  const shown = new Notification(title, { body, tag: conversationId, silent: true });
  shown.addEventListener('click', () => {
    window.focus();
    shown.close();
    onOpen();
  });
}
