import type { InboxSettings } from '@libs/contracts';
import { Launcher } from './launcher.js';
import { chooseLocale } from './loader-words.js';

/** Runs on the host page. Until the visitor presses the button it has fetched one static file and stored nothing. */
async function start(script: HTMLScriptElement): Promise<void> {
  const base = script.src.replace(/\/widget\/loader\.js.*$/, '');
  const inbox = script.dataset.inbox ?? '';
  const response = await fetch(`${base}/widget/inboxes/${encodeURIComponent(inbox)}.json`, { credentials: 'omit' });
  if (!response.ok) throw new Error(`settings of inbox ${inbox}: ${response.status}`);
  const settings = (await response.json()) as InboxSettings;
  const wanted = script.dataset.locale || document.documentElement.lang || navigator.language;
  const locale = chooseLocale(wanted, settings.locales);
  if (!document.body) await new Promise((ready) => addEventListener('DOMContentLoaded', ready, { once: true }));
  new Launcher(base, settings, locale);
}

const script = document.currentScript as HTMLScriptElement | null;
if (script) start(script).catch((error) => console.warn('Custodia: the chat is not shown.', error));
