import type { WorkspaceView } from '@libs/contracts';
import { Access, ApiProperty, Caller, type MemberPrincipal } from '@libs/http';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Get, Patch } from '@nestjs/common';
import { IsInt, IsString, MaxLength, Min } from 'class-validator';
import { WorkspaceService } from './workspace.service.js';

/** A new name for the workspace whose version the caller saw. */
export class WorkspaceBody {
  @ApiProperty() @IsInt() @Min(1) version: number;
  @ApiProperty() @IsString() @MaxLength(1000) name: string;
}

/** The workspace that the caller works in. */
@Controller('api/v1/account/workspace')
export class WorkspaceController {
  constructor(private readonly workspaces: WorkspaceService) {}

  /** Name and address of the workspace. */
  @Get()
  @Access('members:manage')
  show(@Caller() { tenantId }: MemberPrincipal): Promise<WorkspaceView> {
    return this.workspaces.show(tenantId);
  }

  /** Another name; the address stays. 409 when somebody changed it meanwhile, or has the name. */
  @Patch()
  @Access('members:manage')
  giveName(@Caller() { tenantId, memberId }: MemberPrincipal, @Body() body: WorkspaceBody): Promise<WorkspaceView> {
    const { correlationId } = currentTenant();
    return this.workspaces.giveName({ tenantId, memberId, correlationId }, body);
  }
}
