import { MemberNotices, NOTICE_LOCALES, type NoticeLocale } from '@libs/auth';
import type { MemberNotice } from '@libs/contracts';
import { Access, ApiProperty, ApiPropertyOptional, Caller, type MemberPrincipal } from '@libs/http';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

/** In which language it is read. */
export class NoticeQuery {
  @ApiPropertyOptional({ enum: NOTICE_LOCALES }) @IsOptional() @IsIn(NOTICE_LOCALES) locale?: NoticeLocale;
}

/** What was read. */
export class NoticeConfirmBody {
  @ApiProperty() @IsString() @MaxLength(32) version: string;
  @ApiProperty({ enum: NOTICE_LOCALES }) @IsIn(NOTICE_LOCALES) locale: NoticeLocale;
}

/** Who can see one's work: read and confirmed once, before the first work (P-0207). */
@Controller('api/v1/account/me/notice')
export class MemberNoticeController {
  constructor(private readonly notices: MemberNotices) {}

  /** Who can see one’s work, in the language asked for, and whether one has confirmed it (P-0207). */
  @Get()
  @Access.member()
  show(@Caller() caller: MemberPrincipal, @Query() { locale }: NoticeQuery): Promise<MemberNotice> {
    return this.notices.show(caller, locale ?? 'zh-CN');
  }

  /** 409 `account.notice-superseded` for a version that is no longer in force. */
  @Post()
  @HttpCode(204)
  @Access.member()
  confirm(@Caller() caller: MemberPrincipal, @Body() body: NoticeConfirmBody): Promise<void> {
    return this.notices.confirm(caller, body, currentTenant().correlationId);
  }
}
