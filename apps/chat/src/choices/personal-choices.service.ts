import type { ChoiceMade, PersonalChoice, PersonalChoices, Notice as PublishedNotice } from '@libs/contracts';
import { UserError } from '@libs/kernel';
import { ConsentAsks, ConsentBook, type ConsentCircumstances, ErasureQueue } from '@libs/privacy';
import { CONVERSATION_SCOPE } from '@libs/privacy-core';
import { runInTenant, TenantSettings } from '@libs/tenancy';
import { Injectable } from '@nestjs/common';
import type { Inbox } from '../inboxes/inbox-directory.js';
import { consentErrors } from '../widget-sessions/consent-slips.js';
import type { KnownVisitor } from '../widget-sessions/visitor-session.js';
import { choiceList, type UntoldChoice } from './choice-list.js';
import { type ChoiceLocale, isChoiceLocale } from './choice-words.js';

/** Who decides, by the token that was shown: nobody else can be named (P-0109). */
export interface Chooser {
  readonly inbox: Inbox;
  readonly visitor: KnownVisitor;
  readonly correlationId: string;
}

/** A decision as it came, not yet believed. */
export type ClaimedChoice = Readonly<Record<keyof ChoiceMade, unknown>> & Pick<ChoiceMade, 'screen'>;

const NOT_EXPRESS = () =>
  new UserError('privacy.consent-not-express', 'Agreeing or not has to be said', { status: 422 });

const NOT_SEEN = () =>
  new UserError('privacy.consent-invalid', 'The act does not have the documented form', {
    status: 422,
    details: { field: 'seen' },
  });

/** The person's own switches: what can be decided, what was, and each single decision. */
@Injectable()
export class PersonalChoicesService {
  constructor(
    private readonly book: ConsentBook,
    private readonly asks: ConsentAsks,
    private readonly erasures: ErasureQueue,
    private readonly settings: TenantSettings,
  ) {}

  /** Everything the person may decide, in `locale`. */
  list(chooser: Chooser, locale: ChoiceLocale): Promise<PersonalChoices> {
    return inTenant(chooser, () => this.read(chooser, locale));
  }

  /** One act about one scope (P-0102, P-0105). Off on the page withdraws; no on the card refuses. */
  decide(chooser: Chooser, claimed: ClaimedChoice): Promise<PersonalChoices> {
    return inTenant(chooser, async () => {
      const { granted, locale, screen, seen } = claimed;
      if (typeof granted !== 'boolean') throw NOT_EXPRESS();
      if (typeof seen !== 'string' && seen !== null) throw NOT_SEEN();
      if (!isChoiceLocale(locale)) throw consentErrors.unknownNotice();
      const { scope, version, noticeHash } = claimed;
      const no = screen === 'widget.your-data' ? 'withdraw' : 'refuse';
      const published = scope === CONVERSATION_SCOPE ? publishedIn(chooser.inbox, locale) : undefined;
      await this.book.decide({
        // Evidence names the language of the text that was on the screen.
        ...circumstances(chooser, published?.locale ?? locale, screen),
        ...{ decision: granted ? 'grant' : no, scope, granted, version, noticeHash },
        after: seen,
        ...(published ? { published: { hash: published.hash, version: published.version } } : {}),
      });
      return this.read(chooser, locale);
    });
  }

  /** Everything at once (P-0110, F-1606). */
  withdrawAll(chooser: Chooser, locale: unknown, screen: string): Promise<PersonalChoices> {
    return inTenant(chooser, async () => {
      if (!isChoiceLocale(locale)) throw consentErrors.unknownNotice();
      await this.book.withdrawAll(circumstances(chooser, locale, screen));
      return this.read(chooser, locale);
    });
  }

  private async read(chooser: Chooser, locale: ChoiceLocale): Promise<PersonalChoices> {
    const { tenantId } = chooser.inbox;
    const { subjectId } = chooser.visitor;
    const [consents, { state: own, seen }, open, erasureAt, erasureHours] = await Promise.all([
      this.book.settled(tenantId, [subjectId]),
      this.book.decisions(tenantId, subjectId),
      this.asks.open(tenantId, subjectId),
      this.erasures.dueAt(tenantId, subjectId),
      this.settings.number(tenantId, 'privacy.erasure-grace-hours'),
    ]);
    const asked = new Set(open.map(({ scope }) => scope));
    const person = { ...consents.person(subjectId), own };
    const untold = choiceList({ register: consents.register, person, locale, seen, asked });
    const told = await Promise.all(untold.map((choice) => this.told(chooser, choice, locale)));
    return { choices: told.filter((choice) => choice !== undefined), erasureAt, erasureHours };
  }

  /** The choice with the text that is agreed to; a scope that left the register meanwhile has none. */
  private async told(
    { inbox }: Chooser,
    choice: UntoldChoice,
    locale: ChoiceLocale,
  ): Promise<PersonalChoice | undefined> {
    const notice = await this.book.notice(inbox.tenantId, choice.scope, locale);
    if (!notice) return undefined;
    const { text, hash, version } = notice;
    const published = choice.scope === CONVERSATION_SCOPE ? publishedIn(inbox, locale) : undefined;
    if (published) return { ...choice, text: published.fullText, version, noticeHash: published.hash };
    return { ...choice, text, version, noticeHash: hash };
  }
}

/** A notice with the language it is in. */
type ShownNotice = PublishedNotice & { readonly locale: string };

/** The inbox's notice in this language, or the one that a panel shows instead. */
function publishedIn({ notices }: Inbox, wanted: ChoiceLocale): ShownNotice | undefined {
  const locale = notices[wanted] ? wanted : Object.keys(notices)[0];
  const notice = locale === undefined ? undefined : notices[locale];
  return locale === undefined || !notice ? undefined : { ...notice, locale };
}

function circumstances({ inbox, visitor, correlationId }: Chooser, locale: string, screen: string) {
  return {
    tenantId: inbox.tenantId,
    subjectId: visitor.subjectId,
    ...{ locale, screen, channel: 'web-widget', method: 'switch', actor: 'visitor', correlationId },
  } as const satisfies ConsentCircumstances;
}

function inTenant<T>({ inbox, visitor, correlationId }: Chooser, run: () => Promise<T>): Promise<T> {
  const actor = { kind: 'visitor', id: visitor.subjectId } as const;
  return runInTenant({ tenantId: inbox.tenantId, actor, correlationId }, run);
}
