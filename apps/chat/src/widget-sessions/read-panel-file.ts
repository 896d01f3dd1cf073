import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PanelFile } from './panel-file.js';

/** Reads the panel's page from the source of the widget: it has no build step of its own. */
export function readPanelFile(publicOrigin: string): PanelFile {
  return { html: readFileSync(resolve('apps/widget/panel.html'), 'utf8'), publicOrigin };
}
