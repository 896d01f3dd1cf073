import { EmailChanges } from '@libs/auth';
import { Access } from '@libs/http';
import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { EmailConfirmationBody } from './profile.dto.js';

/** The link that makes a new address the login's (F-0112). */
@Controller('api/v1/account/email-confirmations')
export class EmailConfirmationController {
  constructor(private readonly emails: EmailChanges) {}

  /** 422 `account.email-link-invalid`, 403 `account.proof-failed`, 409 `account.email-taken`. */
  @Post()
  @HttpCode(204)
  @Access.public('the letter may be read on another device; it needs the token and the password, failures are locked')
  confirm(
    @Body() body: EmailConfirmationBody,
    @Req() { ip: address, id: correlationId }: FastifyRequest,
  ): Promise<void> {
    return this.emails.confirm(body, { address, correlationId });
  }
}
