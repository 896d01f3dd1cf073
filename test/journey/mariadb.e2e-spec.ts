import { describeColumn, describeWhere } from '@libs/testing';
import { composedJourney } from '../composed/composed.journey.js';
import { NGINX } from '../composed/five-services.js';
import { accountsJourney } from './accounts.journey.js';
import { CHROMIUM } from './browser.js';
import { choicesJourney } from './choices.journey.js';
import { conversationJourney } from './conversation.journey.js';
import { fallbackJourney } from './fallback.journey.js';
import { linkedPeopleJourney } from './linked-people.journey.js';
import { privacyDeskJourney } from './privacy-desk.journey.js';
import { scheduledJourney } from './scheduled.journey.js';
import { shareStage } from './stage.js';
import { widgetJourney } from './widget.journey.js';

describeColumn('mariadb', 'journeys on mariadb', () => {
  const need = { name: `${CHROMIUM.name} and ${NGINX.name}`, isMet: CHROMIUM.isMet && NGINX.isMet };
  describeWhere(need, 'in Chromium, through five services, two of them chat, behind one proxy', () => {
    const stage = shareStage('five-services');
    // Not how screens look and what the panel does by itself: that is the same whatever lies below.
    // A reply that goes out later waits a minute and more: all that leave it alone meanwhile.
    scheduledJourney(stage, false, () => {
      conversationJourney(stage, false);
      fallbackJourney(stage);
      choicesJourney(stage, false);
      widgetJourney(stage, false);
      linkedPeopleJourney(stage, false);
      accountsJourney(stage, false);
      privacyDeskJourney(stage);
    });
    // Last, because it ends sessions and a process.
    composedJourney(stage);
  });
});
