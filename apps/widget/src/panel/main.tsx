import './styles/panel.css';
import { render } from 'preact';
import { App } from './app.js';
import { PanelSession } from './panel-session.js';

/** The page is `/widget/panel/<inbox key>`. */
const inbox = decodeURIComponent(location.pathname.split('/').at(-1) ?? '');
const root = document.getElementById('root');
if (root) {
  const session = new PanelSession(inbox);
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) session.close();
  });
  render(<App session={session} />, root);
}
