import {
  type ConversationView,
  LIMITS,
  LIST_SORTS,
  LIST_STATES,
  type ListSort,
  type ListState,
  type ListWish,
  LONGEST_WAIT,
  MOST_FILTER_VALUES,
  MOST_SOUGHT_PEOPLE,
  type PeopleSearch,
} from '@libs/contracts';
import { ApiPropertyOptional, Ref } from '@libs/http';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsIds } from './is-ids.js';
import { VIEWS } from './list-wish.js';

/** Several values in one parameter, with commas between. */
const Listed = () => Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value));

/** Which page of which list. */
export class ListQuery {
  @ApiPropertyOptional({ enum: VIEWS }) @IsOptional() @IsIn(VIEWS) view?: ConversationView;

  @ApiPropertyOptional({ type: [String] })
  @Listed()
  @IsOptional()
  @IsIds()
  @ArrayMaxSize(MOST_FILTER_VALUES)
  inbox?: string[];

  @ApiPropertyOptional({ type: [String] })
  @Listed()
  @IsOptional()
  @IsIds()
  @ArrayMaxSize(MOST_FILTER_VALUES)
  label?: string[];

  @ApiPropertyOptional({ enum: LIST_STATES, isArray: true })
  @Listed()
  @IsOptional()
  @IsIn(LIST_STATES, { each: true })
  @ArrayMaxSize(MOST_FILTER_VALUES)
  state?: ListState[];

  @ApiPropertyOptional({ description: 'Ids of members, or me, or nobody', type: [String] })
  @Listed()
  @IsOptional()
  @IsString({ each: true })
  @MaxLength(36, { each: true })
  @ArrayMaxSize(MOST_FILTER_VALUES)
  assignee?: string[];

  @ApiPropertyOptional({ enum: ['true'] }) @IsOptional() @IsIn(['true']) unread?: 'true';

  @ApiPropertyOptional({ description: 'Minutes without an answer, at least' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LONGEST_WAIT)
  waiting?: number;

  @ApiPropertyOptional({ description: 'Id of a person' })
  @Ref('subject', { optional: true })
  person?: string;

  @ApiPropertyOptional({ description: 'The four characters that stand for a person' })
  @IsOptional()
  @Matches(/^[0-9a-f]{4}$/i)
  handle?: string;

  @ApiPropertyOptional({ enum: LIST_SORTS }) @IsOptional() @IsIn(LIST_SORTS) sort?: ListSort;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(64) cursor?: string;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(1) @Max(LIMITS.listPage) limit?: number;
}

/** Whose conversations, and which page of them. */
export class PeopleSearchBody implements PeopleSearch {
  @ArrayMinSize(1) @ArrayMaxSize(MOST_SOUGHT_PEOPLE) @Ref('subject', { each: true }) subjectIds: string[];
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(64) cursor?: string;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(1) @Max(LIMITS.listPage) limit?: number;
}

/** Every conversation of people; each of them once, however often they were named. */
export function wishOfPeople({ subjectIds }: PeopleSearch): ListWish {
  return { view: 'all', filter: {}, sort: 'newest', people: [...new Set(subjectIds)] };
}

/** The list that a query asks for. */
export function wishOf(query: ListQuery): ListWish {
  const { view, inbox, label, state, assignee, unread, waiting, sort, person, handle } = query;
  const filter = {
    ...(inbox ? { inbox } : {}),
    ...(label ? { label } : {}),
    ...(state ? { state } : {}),
    ...(assignee ? { assignee } : {}),
    ...(unread ? { unread: true } : {}),
    ...(waiting === undefined ? {} : { waiting }),
  };
  const one = { ...(person === undefined ? {} : { person }), ...(handle === undefined ? {} : { handle }) };
  return { view: view ?? 'mine', filter, sort: sort ?? 'newest', ...one };
}
