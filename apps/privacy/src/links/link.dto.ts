import { UNLINK_REASONS, type Unlink, type UnlinkReason } from '@libs/contracts';
import { ApiProperty, Ref } from '@libs/http';
import { IsIn } from 'class-validator';

/** Whose links. */
export class LinkQuery {
  @ApiProperty() @Ref('subject') subjectId: string;
}

/** `:id` of a link. */
export class LinkParams {
  @ApiProperty() @Ref('subject-link') id: string;
}

/** Why two people turned out not to be one. */
export class UnlinkBody implements Unlink {
  @ApiProperty({ enum: UNLINK_REASONS }) @IsIn(UNLINK_REASONS) reason: UnlinkReason;
}
