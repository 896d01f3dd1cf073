import { describeColumn, describeWhere } from '@libs/testing';
import { CHROMIUM } from './browser.js';
import { fallbackJourney } from './fallback.journey.js';
import { scheduledJourney } from './scheduled.journey.js';
import { shareStage } from './stage.js';
import { widgetJourney } from './widget.journey.js';
import { widgetHostJourney } from './widget-host.journey.js';

describeColumn('sqlite', 'the widget on sqlite', () => {
  describeWhere(CHROMIUM, 'in Chromium, through the built product', () => {
    const stage = shareStage('sqlite');
    scheduledJourney(stage, true, () => {
      widgetJourney(stage, true);
      widgetHostJourney(stage);
      fallbackJourney(stage);
    });
  });
});
