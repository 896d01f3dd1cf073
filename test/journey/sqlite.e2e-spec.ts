import { describeColumn, describeWhere } from '@libs/testing';
import { accessibilityJourney } from './accessibility.journey.js';
import { CHROMIUM } from './browser.js';
import { choicesJourney } from './choices.journey.js';
import { conversationJourney } from './conversation.journey.js';
import { fallbackJourney } from './fallback.journey.js';
import { privacyDeskJourney } from './privacy-desk.journey.js';
import { shareStage } from './stage.js';
import { starredMessagesJourney } from './starred-messages.journey.js';
import { widgetJourney } from './widget.journey.js';
import { widgetHostJourney } from './widget-host.journey.js';

describeColumn('sqlite', 'journeys on sqlite', () => {
  describeWhere(CHROMIUM, 'in Chromium, through the built product', () => {
    const stage = shareStage('sqlite');
    // First, while nobody has written yet; and last what changes the register for everybody.
    accessibilityJourney(stage);
    conversationJourney(stage);
    choicesJourney(stage);
    widgetJourney(stage);
    widgetHostJourney(stage);
    fallbackJourney(stage);
    starredMessagesJourney(stage);
    privacyDeskJourney(stage);
  });
});
