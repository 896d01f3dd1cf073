import { describeColumn, describeWhere } from '@libs/testing';
import { CHROMIUM } from './browser.js';
import { choicesJourney } from './choices.journey.js';
import { conversationJourney } from './conversation.journey.js';
import { privacyDeskJourney } from './privacy-desk.journey.js';
import { shareStage } from './stage.js';
import { widgetJourney } from './widget.journey.js';

describeColumn('mariadb', 'journeys on mariadb', () => {
  describeWhere(CHROMIUM, 'in Chromium, through the built product', () => {
    const stage = shareStage('mariadb');
    conversationJourney(stage);
    choicesJourney(stage);
    widgetJourney(stage);
    privacyDeskJourney(stage);
  });
});
