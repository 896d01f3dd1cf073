import { MemberPreferences } from '@libs/auth';
import type { Preferences } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, Get, Patch, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PreferencesEditBody } from './preference.dto.js';

/** What the caller has set for itself: language, theme, keys, sounds, what it is told of. */
@Controller('api/v1/account/me/preferences')
@Access.member()
export class PreferenceController {
  constructor(private readonly preferences: MemberPreferences) {}

  /** Language, looks and notifications that the member chose, the same on every device. */
  @Get()
  find(@Caller() { tenantId, memberId }: MemberPrincipal): Promise<Preferences> {
    return this.preferences.get({ tenantId, memberId });
  }

  /** 409 `account.preferences-changed` names what another device has changed. */
  @Patch()
  edit(
    @Caller() { tenantId, memberId }: MemberPrincipal,
    @Body() { version, settings }: PreferencesEditBody,
    @Req() { id }: FastifyRequest,
  ): Promise<Preferences> {
    return this.preferences.edit({ tenantId, memberId }, { version, settings: { ...settings } }, id);
  }
}
