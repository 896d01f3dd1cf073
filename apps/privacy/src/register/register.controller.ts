import type { RegisterImpact, RegisterVersions, RegisterView } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { whoOf } from '../people/desk-caller.js';
import { RegisterChangeBody, RegisterPreviewBody, RegisterVersionParams } from './register.dto.js';
import { RegisterService } from './register.service.js';

/** The processing register: what is processed, why, and who sees it. Each change is a version that is kept. */
@Controller('api/v1/privacy/register')
export class RegisterController {
  constructor(private readonly register: RegisterService) {}

  /** The version in force. */
  @Get()
  @Access('privacy:read')
  current(): Promise<RegisterView> {
    return this.register.current();
  }

  /** All versions, newest first, without their content. */
  @Get('versions')
  @Access('privacy:read')
  versions(): Promise<RegisterVersions> {
    return this.register.versions();
  }

  /** One version with its content; version 1 is the product's default. */
  @Get('versions/:version')
  @Access('privacy:read')
  at(@Param() { version }: RegisterVersionParams): Promise<RegisterView> {
    return this.register.at(version);
  }

  /** What a change would do; nothing is stored. */
  @Post('preview')
  @HttpCode(200)
  @Access('privacy:manage')
  preview(@Body() { register }: RegisterPreviewBody): Promise<RegisterImpact> {
    return this.register.preview(register);
  }

  /** A new version. 409 `privacy.register-changed`, 422 `privacy.register-invalid`, 403 `privacy.approval-required`. */
  @Put()
  @Access('privacy:manage')
  change(@Caller() caller: MemberPrincipal, @Body() body: RegisterChangeBody): Promise<RegisterView> {
    return this.register.change(whoOf(caller), body);
  }
}
