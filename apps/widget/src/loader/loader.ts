import type { InboxSettings } from '@libs/contracts';
import { Launcher } from './launcher.js';
import { chooseLocale } from './loader-words.js';
import { PageCalls, type PageFunction } from './page-calls.js';

/** Runs on the host page. Until the visitor presses the button it has fetched one static file and stored nothing. */
async function start(script: HTMLScriptElement, calls: PageCalls): Promise<void> {
  const { inbox = '', locale, theme } = script.dataset;
  const base = script.src.replace(/\/widget\/loader\.js.*$/, '');
  const response = await fetch(`${base}/widget/inboxes/${inbox}.json`, { credentials: 'omit' });
  if (!response.ok) throw response.status;
  const settings = (await response.json()) as InboxSettings;
  const wanted = locale || document.documentElement.lang || navigator.language;
  const emit = calls.emit.bind(calls);
  calls.begin(new Launcher({ base, settings, locale: chooseLocale(wanted, settings.locales), theme, emit }));
}

const script = document.currentScript as HTMLScriptElement | null;
const page = window as { Custodia?: PageFunction };
if (script && !page.Custodia?.on) {
  const calls = new PageCalls(page.Custodia?.q ?? []);
  const api: PageFunction = (...call) => calls.take(call);
  api.on = true;
  page.Custodia = api;
  start(script, calls).catch((error) => console.warn('Custodia: not shown', error));
}
