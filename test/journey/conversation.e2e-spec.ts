import { describeColumn, describeWhere } from '@libs/testing';
import { accessibilityJourney } from './accessibility.journey.js';
import { CHROMIUM } from './browser.js';
import { conversationJourney } from './conversation.journey.js';
import { shareStage } from './stage.js';
import { starredMessagesJourney } from './starred-messages.journey.js';

describeColumn('sqlite', 'a conversation on sqlite', () => {
  describeWhere(CHROMIUM, 'in Chromium, through the built product', () => {
    const stage = shareStage('sqlite');
    // First, while nobody has written yet.
    accessibilityJourney(stage);
    conversationJourney(stage, true);
    starredMessagesJourney(stage);
  });
});
