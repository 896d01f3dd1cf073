import { WIDGET } from './catalogue-widget.js';
import { Gallery } from './gallery.js';
import { LOOKS, nameOf } from './looking.js';
import { SCREENS } from './screens.js';

/** Every state of every screen in its eight looks: a picture of each, and what axe finds. `0` when it found nothing. */
const { GALLERY_PICTURES, GALLERY_SCREENS = '', GALLERY_LOOKS = '', GALLERY_RESUMES = '' } = process.env;

const gallery = await Gallery.open(
  process.cwd(),
  GALLERY_PICTURES ? { pictures: GALLERY_PICTURES, resumes: GALLERY_RESUMES !== '' } : {},
);
const looks = LOOKS.filter((look) => GALLERY_LOOKS === '' || GALLERY_LOOKS.split(',').includes(nameOf(look)));
const isAsked = (screen: string) => GALLERY_SCREENS.split(',').some((part) => screen.includes(part));
const found: string[] = [];
let states = 0;
try {
  for (const screen of [...SCREENS, WIDGET].filter((one) => isAsked(one.screen))) {
    for (const state of screen.states) {
      states += 1;
      const faults = await gallery.lookAt(screen, state, looks);
      found.push(...faults);
      for (const fault of faults) console.error(fault);
    }
  }
} finally {
  await gallery.close();
}
for (const complaint of new Set(gallery.complaints)) console.error(`the page complained: ${complaint}`);
for (const request of gallery.unknown) console.error(`no answer is written for: ${request}`);
console.log(`${states} states, ${gallery.looked} looks at them, ${found.length} faults`);
process.exitCode = found.length + gallery.complaints.length + gallery.unknown.size === 0 ? 0 : 1;
