import { ScheduledAttempt } from './scheduled-attempt.js';
import { ScheduledDispatch } from './scheduled-dispatch.js';
import { ScheduledReplyController } from './scheduled-reply.controller.js';
import { ScheduledReplyService } from './scheduled-reply.service.js';
import { ScheduledRows } from './scheduled-rows.js';
import { ScheduledSender } from './scheduled-sender.js';
import { ScheduledViews } from './scheduled-views.js';

/** Doors of replies that go out later. */
export const SCHEDULED_CONTROLLERS = [ScheduledReplyController];

/** What makes, keeps and sends them. */
export const SCHEDULED_PROVIDERS = [
  ScheduledRows,
  ScheduledDispatch,
  ScheduledViews,
  ScheduledReplyService,
  ScheduledAttempt,
  ScheduledSender,
];
