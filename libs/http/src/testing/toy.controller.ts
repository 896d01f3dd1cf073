import { newId, OperationalError, UnexpectedError, UserError } from '@libs/kernel';
import { Body, Controller, Delete, Get, Param, Post, Query, Req } from '@nestjs/common';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { Access } from '../access.js';
import { ApiProperty, ApiPropertyOptional } from '../api-shapes.js';
import { Caller, type Principal } from '../caller.js';
import { Idempotent } from '../idempotency.js';
import { NestedDto, NotRef, Ref } from '../ref.js';
import { toyContext } from './toy-context.js';

/** What no answer and no log line may ever show. */
export const MARKER = 'marker-4711-Zhang';
/** The request to `slow` that is under way until a test ends it. */
export const slowRequest = { hasCome: false, end: (): void => undefined };

export class ItemDto {
  @Ref('contact')
  readonly contactId: string;

  @IsString()
  @ApiProperty()
  readonly note: string;
}

export class ReplyDto {
  @Length(1, 20)
  @IsString()
  @ApiProperty()
  readonly text: string;

  @Ref('team', { optional: true })
  readonly teamId?: string;

  @Ref('tag', { each: true, optional: true })
  readonly tagIds?: string[];

  @NotRef('random, one per page load')
  @IsOptional()
  @IsString()
  readonly senderId?: string;

  @NestedDto(() => ItemDto, { each: true, optional: true })
  readonly items?: ItemDto[];
}

export class PageDto {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  @ApiPropertyOptional()
  readonly limit?: number;

  @IsOptional()
  @IsString()
  @ApiPropertyOptional()
  readonly text?: string;

  @Ref('inbox', { optional: true })
  readonly inboxId?: string;
}

@Controller('api/v1/toy')
@Access.member()
export class ToyController {
  made = 0;

  @Get('open')
  @Access.public('a test')
  open(): { readonly ok: boolean } {
    return { ok: true };
  }

  @Get('me')
  async me(@Caller() caller: Principal): Promise<object> {
    await Promise.resolve();
    return { caller: caller.kind, context: toyContext.getStore() };
  }

  @Get('visit')
  @Access.visitor()
  visit(): object {
    return { context: toyContext.getStore() };
  }

  @Get('conversations')
  list(@Query() page: PageDto): PageDto {
    return page;
  }

  @Post('conversations/:conversationId/replies')
  @Access('conversations:reply')
  @Idempotent()
  reply(@Param('conversationId') @Ref('conversation') conversationId: string, @Body() body: ReplyDto): object {
    this.made += 1;
    if (body.text === 'defect') throw new Error(MARKER);
    if (body.text === 'refuse') throw new UserError('toy.refused', 'Not now.', { status: 409 });
    return { id: newId(), conversationId, isDto: body instanceof ReplyDto };
  }

  @Delete('conversations')
  remove(
    @Query('conversationId') @Ref('conversation') conversationId: string,
    @Query('version') version: number,
  ): object {
    return { conversationId, version };
  }

  @Get('fail/:kind')
  @Access.public('a test')
  fail(@Param('kind') kind: string): never {
    if (kind === 'user') throw new UserError('toy.too-long', 'Too long.', { status: 409, details: { max: 3 } });
    if (kind === 'operational') throw new OperationalError('toy.away', 'Away.');
    if (kind === 'unexpected') throw new UnexpectedError('toy.defect', MARKER, { cause: new Error(MARKER) });
    if (kind === 'status') throw Object.assign(new Error(MARKER), { statusCode: 418, status: 418, code: MARKER });
    if (kind === 'text') throw MARKER;
    throw new TypeError(MARKER, { cause: { body: MARKER } });
  }

  @Get('where')
  @Access.public('a test')
  where(@Req() request: FastifyRequest): object {
    return { ip: request.ip };
  }

  @Get('slow')
  @Access.public('a test')
  async slow(): Promise<object> {
    await new Promise<void>((end) => {
      slowRequest.end = end;
      slowRequest.hasCome = true;
    });
    slowRequest.hasCome = false;
    return { done: true };
  }
}
