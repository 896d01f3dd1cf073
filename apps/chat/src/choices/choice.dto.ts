import type { AllWithdrawn, ChoiceMade } from '@libs/contracts';
import { ApiProperty } from '@libs/http';
import { Allow, IsIn, Matches } from 'class-validator';

const KEY = /^[A-Za-z0-9_-]{8,32}$/;

export class ChoicesQuery {
  @ApiProperty() @Matches(KEY) inbox: string;
  @ApiProperty({ enum: ['zh-CN', 'en'] }) @IsIn(['zh-CN', 'en']) locale: 'zh-CN' | 'en';
}

export class InboxQuery {
  @ApiProperty() @Matches(KEY) inbox: string;
}

/** One act. What it says is judged by the book of consents, which has a name for each fault. */
export class ChoiceBody implements Record<keyof ChoiceMade, unknown> {
  @ApiProperty({ type: String }) @Allow() scope: unknown;
  @ApiProperty({ type: Boolean }) @Allow() granted: unknown;
  @ApiProperty({ type: Number }) @Allow() version: unknown;
  @ApiProperty({ type: String }) @Allow() noticeHash: unknown;
  @ApiProperty({ type: String, nullable: true }) @Allow() seen: unknown;
  @ApiProperty({ type: String }) @Allow() locale: unknown;
  @ApiProperty({ enum: ['widget.your-data', 'widget.consent-card'] })
  @IsIn(['widget.your-data', 'widget.consent-card'])
  screen: ChoiceMade['screen'];
}

export class WithdrawAllBody implements Record<keyof AllWithdrawn, unknown> {
  @ApiProperty({ type: String }) @Allow() locale: unknown;
  @ApiProperty({ enum: ['widget.your-data'] }) @IsIn(['widget.your-data']) screen: AllWithdrawn['screen'];
}
