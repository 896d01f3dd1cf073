import type { InboxDetail, InboxEdit, InboxList, InboxSecretMade } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal, Ref } from '@libs/http';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { InboxSecrets } from '../identity/inbox-secrets.js';
import { InboxActBody, InboxCreateBody, InboxEditBody, InboxEndBody } from './inbox.dto.js';
import { InboxService } from './inbox.service.js';
import type { InboxEditor } from './inbox-changes.js';

/** Entry points of a workspace (接待渠道). Every change names the version that its author saw. */
@Controller('api/v1/chat/inboxes')
@Access('inboxes:manage')
export class InboxController {
  constructor(
    private readonly inboxes: InboxService,
    private readonly secrets: InboxSecrets,
  ) {}

  /** Inboxes of the workspace, with how each stands. */
  @Get()
  async list(@Caller() { tenantId }: MemberPrincipal): Promise<InboxList> {
    return { items: await this.inboxes.list(tenantId) };
  }

  /** A draft, switched off (F-0303). */
  @Post()
  create(@Caller() caller: MemberPrincipal, @Body() body: InboxCreateBody): Promise<InboxDetail> {
    return this.inboxes.create(editorOf(caller), body);
  }

  /** One inbox with all its settings; 404 `chat.inbox-not-found`. */
  @Get(':id')
  show(@Caller() { tenantId }: MemberPrincipal, @Param('id') @Ref('inbox') id: string): Promise<InboxDetail> {
    return this.inboxes.show(tenantId, id);
  }

  /**
   * Changes settings of the version that was seen: 409 `chat.inbox-changed`, `chat.inbox-ended`; 404
   * `chat.inbox-not-found`; 422 for an origin or text that cannot be.
   */
  @Patch(':id')
  edit(
    @Caller() caller: MemberPrincipal,
    @Param('id') @Ref('inbox') id: string,
    @Body() body: InboxEditBody,
  ): Promise<InboxDetail> {
    return this.inboxes.edit(editorOf(caller), id, body as InboxEdit);
  }

  /** The next version of the notice (P-0204). */
  @Post(':id/notices')
  @HttpCode(200)
  putInForce(
    @Caller() caller: MemberPrincipal,
    @Param('id') @Ref('inbox') id: string,
    @Body() body: InboxActBody,
  ): Promise<InboxDetail> {
    return this.inboxes.putInForce(editorOf(caller), id, body);
  }

  /** The business may collect this from its customers, says the member (P-0203). */
  @Post(':id/attestation')
  @HttpCode(200)
  attest(
    @Caller() caller: MemberPrincipal,
    @Param('id') @Ref('inbox') id: string,
    @Body() body: InboxActBody,
  ): Promise<InboxDetail> {
    return this.inboxes.attest(editorOf(caller), id, body);
  }

  /** 422 `chat.inbox-incomplete` with what is missing. */
  @Post(':id/switch-on')
  @HttpCode(200)
  switchOn(
    @Caller() caller: MemberPrincipal,
    @Param('id') @Ref('inbox') id: string,
    @Body() body: InboxActBody,
  ): Promise<InboxDetail> {
    return this.inboxes.switchTo(editorOf(caller), id, body, true);
  }

  /**
   * No new conversations come in from now on. 409 `chat.inbox-changed`, `chat.inbox-ended`; 404
   * `chat.inbox-not-found`.
   */
  @Post(':id/switch-off')
  @HttpCode(200)
  switchOff(
    @Caller() caller: MemberPrincipal,
    @Param('id') @Ref('inbox') id: string,
    @Body() body: InboxActBody,
  ): Promise<InboxDetail> {
    return this.inboxes.switchTo(editorOf(caller), id, body, false);
  }

  /** A new secret, shown this once; older ones sign for a day more. */
  @Post(':id/secrets')
  @HttpCode(200)
  makeSecret(
    @Caller() caller: MemberPrincipal,
    @Param('id') @Ref('inbox') id: string,
    @Body() body: InboxActBody,
  ): Promise<InboxSecretMade> {
    return this.secrets.make(editorOf(caller), id, body);
  }

  /** Ends a secret at once. */
  @Delete(':id/secrets/:secretId')
  async revokeSecret(
    @Caller() caller: MemberPrincipal,
    @Param('id') @Ref('inbox') id: string,
    @Param('secretId') @Ref('inbox-secret') secretId: string,
    @Body() body: InboxActBody,
  ): Promise<InboxDetail> {
    await this.secrets.revoke(editorOf(caller), id, secretId, body);
    return this.inboxes.show(caller.tenantId, id);
  }

  /** Ends the inbox; its name is typed by hand. Conversations and notices stay. */
  @Delete(':id')
  @HttpCode(204)
  end(
    @Caller() caller: MemberPrincipal,
    @Param('id') @Ref('inbox') id: string,
    @Body() body: InboxEndBody,
  ): Promise<void> {
    return this.inboxes.end(editorOf(caller), id, body);
  }
}

function editorOf({ tenantId, memberId }: MemberPrincipal): InboxEditor {
  return { tenantId, memberId, correlationId: currentTenant().correlationId };
}
