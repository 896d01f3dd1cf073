import type { IdentityAccepted, IdentityClaim } from '@libs/contracts';
import { Access, ApiProperty } from '@libs/http';
import { CLOCK, type Clock } from '@libs/kernel';
import { Body, Controller, Headers, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { IsString, Matches, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { EmbedPasses } from '../widget-sessions/embed-passes.js';
import { bearer, logVisitor } from '../widget-sessions/visitor-request.js';
import { WidgetDoor } from '../widget-sessions/widget-door.js';
import { identityErrors } from './identity.errors.js';
import { IdentityService } from './identity.service.js';
import { identityClaims } from './identity-claims.js';
import { IdentityIndexes } from './identity-indexes.js';
import { InboxSecrets } from './inbox-secrets.js';

export class IdentityBody implements IdentityClaim {
  @ApiProperty() @Matches(/^[A-Za-z0-9_-]{8,32}$/) inbox: string;
  @ApiProperty() @IsString() @MaxLength(1024) pass: string;
  @ApiProperty() @IsString() @MaxLength(4096) statement: string;
}

/** Whom the embedding site takes its visitor for (decision 0008). */
@Controller('api/v1/chat/widget/identities')
export class IdentityController {
  constructor(
    private readonly door: WidgetDoor,
    private readonly passes: EmbedPasses,
    private readonly secrets: InboxSecrets,
    private readonly indexes: IdentityIndexes,
    private readonly identities: IdentityService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Before the first message a pass that says so, and nothing is stored; with the visitor token the link. */
  @Post()
  @HttpCode(200)
  @Access.public('a visitor has no account; embed pass and the signature of the embedding site are checked')
  async identify(
    @Body() { inbox: key, pass, statement }: IdentityBody,
    @Headers('authorization') authorization: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<IdentityAccepted> {
    const inbox = await this.door.opening(key, request.ip);
    const origin = await this.passes.check(inbox, pass);
    if (inbox.identity === 'off') throw identityErrors.off();
    const secrets = await this.secrets.signing(inbox.tenantId, inbox.id);
    const claims = identityClaims(inbox, secrets, statement, this.clock.now());
    const { token } = bearer(authorization);
    if (token === undefined) {
      await this.indexes.requireUnused(inbox, claims);
      return { linked: false, dropped: [], ...(await this.passes.grant(inbox, origin, true)) };
    }
    const session = await this.door.returning(key, token, request.ip);
    logVisitor(request, session);
    return this.identities.link(inbox, session.visitor!, claims, String(request.id));
  }
}
