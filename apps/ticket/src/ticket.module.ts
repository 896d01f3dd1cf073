import { Module } from '@nestjs/common';

/** Tickets (工单). Empty: it boots, answers health checks and has no endpoint; tickets come with their own issue. */
@Module({})
export class TicketModule {}
