// The page around a widget that fills it: what the loader does on a site, without a button and without being closed.
const BRIDGE = 'custodia-1';
const ASK_AGAIN_MS = 3_000;
const LIFE_MS = 9 * 60_000;
const inbox = location.pathname.split('/').at(-1);
const locale = navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
const frame = document.createElement('iframe');

function say(message) {
  frame.contentWindow.postMessage({ bridge: BRIDGE, ...message }, location.origin);
}

async function givePass() {
  const response = await fetch('/api/v1/chat/widget/passes', {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ inbox }),
  }).catch(() => undefined);
  if (response?.ok) say({ kind: 'pass', pass: (await response.json()).pass, lifeMs: LIFE_MS });
  else setTimeout(givePass, ASK_AGAIN_MS);
}

addEventListener('message', ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== location.origin || data?.bridge !== BRIDGE) return;
  if (data.kind === 'ready') say({ kind: 'hello', locale, open: true });
  if (data.kind === 'need-pass') givePass();
});

document.documentElement.lang = locale;
document.title = locale === 'en' ? 'Live support' : '在线客服';
frame.title = document.title;
frame.src = `/widget/panel/${inbox}`;
document.querySelector('main').append(frame);
