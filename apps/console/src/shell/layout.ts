import { Observable } from '../live/observable.js';

/** Which side columns of a wide screen are folded away. */
export interface Layout {
  readonly nav: boolean;
  readonly panel: boolean;
}

const KEY = 'custodia.layout';
const UNFOLDED: Layout = { nav: false, panel: false };

function kept(): Layout {
  try {
    const { nav, panel } = { ...UNFOLDED, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
    return { nav: nav === true, panel: panel === true };
  } catch {
    // Storage refused or damaged: it then lasts as long as the page.
    return UNFOLDED;
  }
}

/** Kept on this device: it is about the screen. */
export const layout = new Observable<Layout>(kept());

export function toggle(part: keyof Layout): void {
  const now = layout.get();
  layout.set({ ...now, [part]: !now[part] });
  try {
    localStorage.setItem(KEY, JSON.stringify(layout.get()));
  } catch {
    // See `kept`.
  }
}
