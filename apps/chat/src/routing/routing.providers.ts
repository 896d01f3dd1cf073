import { CLOCK, type Clock } from '@libs/kernel';
import type { Provider } from '@nestjs/common';
import { BusinessHours } from '../hours/business-hours.js';
import { AvailabilityController } from './availability.controller.js';
import { AvailabilityService } from './availability.js';
import { HOURS } from './hours-port.js';
import { MemberLines } from './member-lines.js';
import { QueuePlaces } from './queue-places.js';
import { CapacityController, RoutingController } from './routing.controller.js';
import { RoutingActs } from './routing-acts.js';
import { EngineParts, RoutingEngine } from './routing-engine.js';
import { RoutingNews } from './routing-news.js';
import { RoutingQueue } from './routing-queue.js';
import { RoutingSettingsService } from './routing-settings.js';
import { RoutingStep } from './routing-step.js';
import { TeamHandOverController } from './team-hand-over.controller.js';

/** Routing as the module of chat takes it. */
export const ROUTING_CONTROLLERS = [
  AvailabilityController,
  RoutingController,
  CapacityController,
  TeamHandOverController,
];

export const ROUTING_PROVIDERS: readonly Provider[] = [
  RoutingNews,
  RoutingQueue,
  RoutingActs,
  MemberLines,
  EngineParts,
  RoutingEngine,
  QueuePlaces,
  AvailabilityService,
  RoutingSettingsService,
  { provide: RoutingStep, inject: [CLOCK], useFactory: (clock: Clock) => new RoutingStep(clock) },
  { provide: HOURS, useExisting: BusinessHours },
];
