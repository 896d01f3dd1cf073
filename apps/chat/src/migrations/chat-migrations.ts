import { SettingChanges1790000000282 } from './change-tables.js';
import { ChatTables1790000000010 } from './chat-tables.js';
import { FirstRun1790000000221 } from './first-run-tables.js';
import { HoursTables1790000000201 } from './hours-tables.js';
import { ComplaintContact1790000000262, InboxTables1790000000140 } from './inbox-tables.js';
import { ListIndexes1790000000231 } from './list-indexes.js';
import { LabelsAndViews1790000000181, WaitingSince1790000000180 } from './list-tables.js';
import { LiveLooks1790000000261 } from './live-look-tables.js';
import { Queues1790000000211, RoutingTables1790000000210 } from './routing-tables.js';
import { ScheduledReplies1790000000251 } from './scheduled-tables.js';
import { Words1790000000190 } from './words-tables.js';
import { Drafts1790000000161, HandOvers1790000000160, Snoozes1790000000170 } from './work-tables.js';

/** Everything that makes chat's tables, in order. */
export const chatMigrations = [
  ChatTables1790000000010,
  InboxTables1790000000140,
  HandOvers1790000000160,
  Drafts1790000000161,
  Snoozes1790000000170,
  WaitingSince1790000000180,
  LabelsAndViews1790000000181,
  HoursTables1790000000201,
  RoutingTables1790000000210,
  Queues1790000000211,
  Words1790000000190,
  FirstRun1790000000221,
  ListIndexes1790000000231,
  ScheduledReplies1790000000251,
  LiveLooks1790000000261,
  ComplaintContact1790000000262,
  SettingChanges1790000000282,
] as const;
