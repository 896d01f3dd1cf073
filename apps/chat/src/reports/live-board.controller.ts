import type { LiveBoard } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Controller, Get } from '@nestjs/common';
import { LiveBoardService } from './live-board.js';

/** What goes on now, for whoever may look on. */
@Controller('api/v1/chat/reports')
export class LiveBoardController {
  constructor(private readonly board: LiveBoardService) {}

  /** Counts, and the present word of colleagues; nothing about a visitor. */
  @Get('live')
  @Access('conversations:watch')
  live(@Caller() { tenantId }: MemberPrincipal): Promise<LiveBoard> {
    return this.board.read(tenantId);
  }
}
