import {
  type ConversationView,
  LIST_SORTS,
  LIST_STATES,
  type ListFilter,
  type ListSort,
  type ListState,
  LONGEST_WAIT,
  MOST_FILTER_VALUES,
  MOST_VIEWS,
  type SavedViewKeep,
} from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, NestedDto, Ref } from '@libs/http';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsIds } from '../conversations/is-ids.js';
import { VIEWS } from '../conversations/list-wish.js';

/** `:id` of a saved view. */
export class ViewParams {
  @ApiProperty() @Ref('view') id: string;
}

/** What narrows a list, as it is kept. */
export class FilterBody implements ListFilter {
  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @IsIds()
  @IsArray()
  @ArrayMaxSize(MOST_FILTER_VALUES)
  @ArrayUnique()
  inbox?: string[];

  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @IsIds()
  @IsArray()
  @ArrayMaxSize(MOST_FILTER_VALUES)
  @ArrayUnique()
  label?: string[];

  @ApiPropertyOptional({ enum: LIST_STATES, isArray: true })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(LIST_STATES, { each: true })
  state?: ListState[];

  @ApiPropertyOptional({ description: 'Ids of members, or me, or nobody', type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_FILTER_VALUES)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(36, { each: true })
  assignee?: string[];

  @ApiPropertyOptional() @IsOptional() @IsBoolean() unread?: boolean;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(1) @Max(LONGEST_WAIT) waiting?: number;
}

/** The exact rule of a name comes with the service. */
const LONGEST = 200;

/** A view, all of it. */
export class ViewBody implements SavedViewKeep {
  @ApiProperty() @IsString() @MaxLength(LONGEST) name: string;
  @ApiProperty({ enum: VIEWS }) @IsIn(VIEWS) view: ConversationView;
  @NestedDto(() => FilterBody) filter: FilterBody;
  @ApiProperty({ enum: LIST_SORTS }) @IsIn(LIST_SORTS) sort: ListSort;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(MOST_VIEWS) order?: number;
}
