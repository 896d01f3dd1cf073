import { describeColumn, describeWhere } from '@libs/testing';
import { CHROMIUM } from './browser.js';
import { choicesJourney } from './choices.journey.js';
import { linkedPeopleJourney } from './linked-people.journey.js';
import { privacyDeskJourney } from './privacy-desk.journey.js';
import { shareStage } from './stage.js';

describeColumn('sqlite', 'choices of visitors and the desk on sqlite', () => {
  describeWhere(CHROMIUM, 'in Chromium, through the built product', () => {
    const stage = shareStage('sqlite');
    choicesJourney(stage, true);
    linkedPeopleJourney(stage, true);
    // Last, because it changes the register for everybody.
    privacyDeskJourney(stage);
  });
});
