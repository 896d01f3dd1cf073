import type { ListWish } from '@libs/contracts';
import { ConsentBook } from '@libs/privacy';
import { Injectable } from '@nestjs/common';
import { streamErrors } from '../stream/stream.errors.js';
import { ConversationRepository } from './conversation.repository.js';
import type { Asker } from './conversation.service.js';
import { peopleOf } from './list-wish.js';

/** A list is of so many subjects at most: a site that signs one name for everybody does not make a list of all. */
const MOST_LINKED = 1000;

/** Whom a list of somebody's conversations is about (F-0312). */
@Injectable()
export class ListPeople {
  constructor(
    private readonly rows: ConversationRepository,
    private readonly consents: ConsentBook,
  ) {}

  /**
   * With everybody whom a link makes one with the people of `wish` (decision 0008). People of whom the asker sees nothing
   * are not there, and nobody is found through them: an id alone must not tell whom it belongs to.
   */
  async whole({ tenantId, scope }: Pick<Asker, 'tenantId' | 'scope'>, wish: ListWish): Promise<ListWish> {
    const named = peopleOf(wish);
    if (named === undefined) return wish;
    const seen = await this.rows.seenOf(scope, named);
    if (seen.length === 0) throw streamErrors.notFound();
    const linked = await this.consents.withLinked(tenantId, ...seen);
    // Ids begin with the time they were made at: those who came last are kept.
    const people = [...new Set([...seen, ...[...linked].reverse()])].slice(0, MOST_LINKED);
    const { person: _, ...rest } = wish;
    return { ...rest, people };
  }
}
