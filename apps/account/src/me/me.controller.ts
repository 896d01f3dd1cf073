import type { Me } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Controller, Get } from '@nestjs/common';
import { MeService } from './me.service.js';

/** Who is signed in. */
@Controller('api/v1/account/me')
export class MeController {
  constructor(private readonly people: MeService) {}

  /** Who one is here: member, role, permissions, workspace. */
  @Get()
  @Access.member()
  me(@Caller() caller: MemberPrincipal): Promise<Me> {
    return this.people.describe(caller);
  }
}
