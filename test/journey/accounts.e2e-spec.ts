import { describeColumns, describeWhere } from '@libs/testing';
import { accountsJourney } from './accounts.journey.js';
import { CHROMIUM } from './browser.js';
import { shareStage } from './stage.js';

describeColumns('people and their accounts on $column', (column) => {
  describeWhere(CHROMIUM, 'in Chromium, through the built product', () => {
    accountsJourney(shareStage(column), column === 'sqlite');
  });
});
