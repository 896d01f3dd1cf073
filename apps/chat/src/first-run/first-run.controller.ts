import type { FirstRun } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Controller, Get } from '@nestjs/common';
import { FirstRunService } from './first-run.service.js';

/** The first steps of a workspace (开始使用). */
@Controller('api/v1/chat/first-run')
@Access('inboxes:manage')
export class FirstRunController {
  constructor(private readonly steps: FirstRunService) {}

  /** How far the workspace has come with its first steps. */
  @Get()
  find(@Caller() { tenantId }: MemberPrincipal): Promise<FirstRun> {
    return this.steps.of(tenantId);
  }
}
