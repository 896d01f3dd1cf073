import type { Approval, ApprovalPage } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApprovalBody, ApprovalParams } from './approval.dto.js';
import { ApprovalService } from './approval.service.js';

/**
 * What needs two people. Who may see sensitive values may ask, and sees what they asked; who decides needs a right of
 * their own, and is never the one who asked.
 */
@Controller('api/v1/privacy/approvals')
export class ApprovalController {
  constructor(private readonly approvals: ApprovalService) {}

  /** The newest hundred. */
  @Get()
  @Access('personal:reveal-sensitive')
  list(@Caller() caller: MemberPrincipal): Promise<ApprovalPage> {
    return this.approvals.list(caller);
  }

  /** Asks for a bulk reveal, or for a register that shows somebody more (that also needs `privacy:manage`). */
  @Post()
  @HttpCode(201)
  @Access('personal:reveal-sensitive')
  request(@Caller() caller: MemberPrincipal, @Body() body: ApprovalBody): Promise<Approval> {
    return this.approvals.request(caller, body);
  }

  /** 403 `privacy.self-approval`, 403 `privacy.approval-expired`, 409 `privacy.approval-decided`. */
  @Post(':id/approve')
  @HttpCode(200)
  @Access('privacy:approve')
  approve(@Caller() caller: MemberPrincipal, @Param() { id }: ApprovalParams): Promise<Approval> {
    return this.approvals.decide(caller, id, 'approve');
  }

  /** The same refusals as `approve`. */
  @Post(':id/refuse')
  @HttpCode(200)
  @Access('privacy:approve')
  refuse(@Caller() caller: MemberPrincipal, @Param() { id }: ApprovalParams): Promise<Approval> {
    return this.approvals.decide(caller, id, 'refuse');
  }

  /** Only by who asked, until it is used. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Access('personal:reveal-sensitive')
  cancel(@Caller() caller: MemberPrincipal, @Param() { id }: ApprovalParams): Promise<Approval> {
    return this.approvals.cancel(caller, id);
  }
}
