import { describeColumn, describeWhere } from '@libs/testing';
import { accessibilityJourney } from './accessibility.journey.js';
import { accountsJourney } from './accounts.journey.js';
import { CHROMIUM } from './browser.js';
import { choicesJourney } from './choices.journey.js';
import { conversationJourney } from './conversation.journey.js';
import { fallbackJourney } from './fallback.journey.js';
import { linkedPeopleJourney } from './linked-people.journey.js';
import { privacyDeskJourney } from './privacy-desk.journey.js';
import { scheduledJourney } from './scheduled.journey.js';
import { shareStage } from './stage.js';
import { starredMessagesJourney } from './starred-messages.journey.js';
import { widgetJourney } from './widget.journey.js';
import { widgetHostJourney } from './widget-host.journey.js';

describeColumn('sqlite', 'journeys on sqlite', () => {
  describeWhere(CHROMIUM, 'in Chromium, through the built product', () => {
    const stage = shareStage('sqlite');
    // First, while nobody has written yet.
    accessibilityJourney(stage);
    // A reply that goes out later waits a minute and more: all the others meanwhile.
    scheduledJourney(stage, true, () => {
      conversationJourney(stage, true);
      widgetJourney(stage, true);
      widgetHostJourney(stage);
      fallbackJourney(stage);
      choicesJourney(stage, true);
      linkedPeopleJourney(stage, true);
      starredMessagesJourney(stage);
      accountsJourney(stage, true);
      // Last, because it changes the register for everybody.
      privacyDeskJourney(stage);
    });
  });
});
