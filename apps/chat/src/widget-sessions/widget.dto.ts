import type { ConsentRequest, PassRequest, VisitorSend } from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, NotRef } from '@libs/http';
import { IsIn, IsInt, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';

const KEY = /^[A-Za-z0-9_-]{8,32}$/;

export class PassBody implements PassRequest {
  @ApiProperty() @Matches(KEY) inbox: string;
}

export class ConsentBody implements ConsentRequest {
  @ApiProperty() @Matches(KEY) inbox: string;
  @ApiProperty() @IsString() @MaxLength(1024) pass: string;
  @ApiProperty() @IsString() @MaxLength(64) noticeHash: string;
  @ApiProperty() @IsInt() @Min(1) version: number;
  @ApiProperty({ enum: ['zh-CN', 'en'] }) @IsIn(['zh-CN', 'en']) locale: 'zh-CN' | 'en';
}

/** `message:send` over HTTP: the fallback where sockets are blocked, same numbers. */
export class VisitorSendBody implements VisitorSend {
  @ApiProperty() @Matches(KEY) inbox: string;
  @ApiProperty() @IsString() @MaxLength(1024) pass: string;
  @ApiProperty() @IsString() @MaxLength(32) @NotRef('random name of a page load') sender: string;
  @ApiProperty() @IsInt() @Min(1) number: number;
  @ApiProperty() @IsString() text: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(1024) slip?: string;
}

export class VisitorSyncQuery {
  @ApiProperty() @Matches(KEY) inbox: string;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) after?: number;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(1) limit?: number;
}
