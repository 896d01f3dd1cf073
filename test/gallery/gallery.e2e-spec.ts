import { describeWhere } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHROMIUM } from '../journey/browser.js';
import { Gallery } from './gallery.js';
import { SCREENS } from './screens.js';

/**
 * Each state is seen in half of its eight looks, one width in either language and both themes, and the next state in
 * the other half; a screen has both. All rules of axe in one of them, those about names and structure in the other
 * language and width, contrast of text in all four. `npm run gallery` looks at all eight with all rules.
 */
describeWhere(CHROMIUM, 'every screen of the console in every state', () => {
  let gallery: Gallery;

  beforeAll(async () => {
    gallery = await Gallery.open(process.cwd());
  });
  afterAll(() => gallery?.close());

  it.each(SCREENS.map((screen) => [screen.screen, screen] as const))(
    'F-1601 P-0314 %s: nothing is wrong in any of its states',
    async (_name, screen) => {
      const found: string[] = [];
      for (const [at, state] of screen.states.entries()) {
        found.push(...(await gallery.lookAt(screen, state, at % 2 === 0 ? 'first-half' : 'second-half')));
      }
      expect(found).toEqual([]);
      expect(gallery.complaints).toEqual([]);
      expect([...gallery.unknown]).toEqual([]);
    },
    300_000,
  );
});
