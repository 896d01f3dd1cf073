import { LABEL_COLOURS, type LabelColour, type LabelCreate, type LabelEdit, MOST_LABELS } from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, Ref } from '@libs/http';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** `:id` of a label. */
export class LabelParams {
  @ApiProperty() @Ref('label') id: string;
}

/** A label of a conversation. */
export class ConversationLabelParams {
  @ApiProperty() @Ref('conversation') id: string;
  @ApiProperty() @Ref('label') labelId: string;
}

/** The exact rule of a name comes with the service. */
const LONGEST = 200;

/** A new label, after all others. */
export class LabelCreateBody implements LabelCreate {
  @ApiProperty() @IsString() @MaxLength(LONGEST) name: string;
  @ApiProperty({ enum: LABEL_COLOURS }) @IsIn(LABEL_COLOURS) colour: LabelColour;
}

/** What is left out stays. */
export class LabelEditBody implements LabelEdit {
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(LONGEST) name?: string;
  @ApiPropertyOptional({ enum: LABEL_COLOURS }) @IsOptional() @IsIn(LABEL_COLOURS) colour?: LabelColour;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(MOST_LABELS) order?: number;
  @ApiPropertyOptional() @IsOptional() @IsBoolean() archived?: boolean;
}
