import { MemberPictures } from '@libs/auth';
import { type MemberPictures as Marks, MEMBER_PICTURE, type MemberPictureKept } from '@libs/contracts';
import { Access, ApiProduces, Caller, type MemberPrincipal, SentBytes, TakesBytes } from '@libs/http';
import { Controller, Delete, Get, Header, HttpCode, Param, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MemberParams } from '../members/member.dto.js';

/** Pictures of members: one's own, and those of colleagues (F-0104, F-0105). Visitors see none, and no browser keeps one. */
@Controller('api/v1/account')
export class PictureController {
  constructor(private readonly pictures: MemberPictures) {}

  /** Who has a picture that the caller may see: all colleagues who answer, or only oneself for other roles. */
  @Get('pictures')
  @Access.member()
  list(@Caller() { tenantId, memberId, permissions }: MemberPrincipal): Promise<Marks> {
    return this.pictures.marks(tenantId, permissions.has(SEES_COLLEAGUES) ? undefined : memberId);
  }

  /** One's own picture. */
  @Get('me/picture')
  @Access.member()
  @Header('content-type', MEMBER_PICTURE.type)
  @ApiProduces(MEMBER_PICTURE.type)
  own(@Caller() { tenantId, memberId }: MemberPrincipal): Promise<Buffer> {
    return this.pictures.own({ tenantId, memberId });
  }

  /** Puts a picture in place of the former one; 415 `account.picture-invalid`, 413 above the limit of all bodies. */
  @Put('me/picture')
  @Access.member()
  @TakesBytes(MEMBER_PICTURE.type)
  keep(
    @Caller() { tenantId, memberId }: MemberPrincipal,
    @SentBytes() bytes: Buffer,
    @Req() { id }: FastifyRequest,
  ): Promise<MemberPictureKept> {
    return this.pictures.keep({ tenantId, memberId }, bytes, id);
  }

  /** Takes one's own picture away; nothing happens where there is none. */
  @Delete('me/picture')
  @HttpCode(204)
  @Access.member()
  remove(@Caller() { tenantId, memberId }: MemberPrincipal, @Req() { id }: FastifyRequest): Promise<void> {
    return this.pictures.remove({ tenantId, memberId }, id);
  }

  /** The picture of a colleague; the same 404 for who has none, who was let go, and who works elsewhere. */
  @Get('members/:id/picture')
  @Access('conversations:reply')
  @Header('content-type', MEMBER_PICTURE.type)
  @ApiProduces(MEMBER_PICTURE.type)
  colleague(@Caller() { tenantId }: MemberPrincipal, @Param() { id }: MemberParams): Promise<Buffer> {
    return this.pictures.ofColleague({ tenantId, memberId: id });
  }
}

/** Whoever may read the list of colleagues sees their pictures in it. */
const SEES_COLLEAGUES = 'conversations:reply';
