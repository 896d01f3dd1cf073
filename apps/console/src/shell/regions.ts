/** Parts of the screen, in the order of their source. */
const REGIONS = '.nav, .list-column, .conversation, .contact, .page, .undo-toast';
const STOPS = 'a[href], button:not(:disabled), input, select, textarea, [tabindex="0"]';

/** A region that holds another one is none of its own. */
function shownRegions(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(REGIONS)].filter(
    (region) => region.checkVisibility() && stopIn(region) !== undefined,
  );
}

function stopIn(region: HTMLElement): HTMLElement | undefined {
  const own = region.querySelector<HTMLElement>('[aria-current="true"], [aria-current="page"]');
  const all = own?.checkVisibility() ? [own] : [...region.querySelectorAll<HTMLElement>(STOPS)];
  return all.find((one) => one.tabIndex >= 0 && one.checkVisibility());
}

/** Where `by` leads from the region at `at` of `count`; undefined past either end: there the browser goes on. */
export function nextRegion(at: number, by: 1 | -1, count: number): number | undefined {
  if (count === 0) return undefined;
  if (at < 0) return by === 1 ? 0 : count - 1;
  const to = at + by;
  return to >= 0 && to < count ? to : undefined;
}

/** Puts the focus into the next region; false at the end, where the browser's own bars come next. */
export function goToRegion(by: 1 | -1): boolean {
  const regions = shownRegions();
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const to = nextRegion(at, by, regions.length);
  if (to === undefined) return false;
  stopIn(regions[to]!)?.focus();
  return true;
}
