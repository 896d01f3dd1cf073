import type { PersonalChoice, PersonalChoices } from '@libs/contracts';
import { describe, expect, it, vi } from 'vitest';
import { ChoiceBook, CONVERSATION, consentStanding, SUPERSEDED, WITHDRAWN } from './choice-book.js';

const choice = (state: PersonalChoice['state'], scope = CONVERSATION): PersonalChoice => ({
  ...{ scope, type: 'ordinary', kind: 'basic', purpose: 'p', group: 'g', title: 't', text: 'x' },
  ...{ version: 1, noticeHash: 'h', state, decidedAt: null, seen: null, asked: false },
});
const list = (...choices: PersonalChoice[]): PersonalChoices => ({ choices, erasureAt: null, erasureHours: 24 });

describe('consentStanding', () => {
  it('P-0103 P-0109 says why the conversation may not go on', () => {
    expect(consentStanding(undefined)).toBeUndefined();
    expect(consentStanding(list())).toBeUndefined();
    expect(consentStanding(list(choice('granted'), choice('withdrawn', 'purpose/other')))).toBeUndefined();
    expect(consentStanding(list(choice('withdrawn')))).toBe(WITHDRAWN);
    expect(consentStanding(list(choice('refused')))).toBe(WITHDRAWN);
    expect(consentStanding({ ...list(choice('granted')), erasureAt: 5 })).toBe(WITHDRAWN);
    expect(consentStanding(list(choice('superseded')))).toBe(SUPERSEDED);
    expect(consentStanding(list(choice('none')))).toBe('privacy.consent-required');
  });
});

describe('ChoiceBook', () => {
  /** A book whose requests are answered by hand, in any order. */
  const aBook = () => {
    vi.stubGlobal('BroadcastChannel', undefined);
    const answers: ((status: number, body: unknown) => Promise<void>)[] = [];
    vi.stubGlobal(
      'fetch',
      () =>
        new Promise((done) => {
          answers.push(async (status, body) => {
            done({ ok: status < 300, status, json: () => Promise.resolve(body) });
            await new Promise((turn) => setTimeout(turn));
          });
        }),
    );
    const refused: string[] = [];
    const book = new ChoiceBook('inbox', {
      caller: () => ({ inbox: 'inbox', token: 't' }),
      locale: () => 'en',
      changed: () => undefined,
      refused: (code) => refused.push(code),
    });
    return { book, answers, refused };
  };

  it('P-0102 shows nothing as decided before the server has answered', async () => {
    const { book, answers } = aBook();
    void book.load();
    await answers[0]!(200, list(choice('none')));
    const decided = book.decide(choice('none'), true, 'widget.your-data');
    expect([book.state.busy, book.choice(CONVERSATION)?.state]).toEqual([CONVERSATION, 'none']);
    expect(await book.decide(choice('none'), true, 'widget.your-data')).toBe(false);
    await answers[1]!(200, list(choice('granted')));
    expect(await decided).toBe(true);
    expect(book.state).toMatchObject({ busy: undefined, made: { scope: CONVERSATION, granted: true } });
  });

  it('P-0109 an answer that a decision has overtaken changes nothing', async () => {
    const { book, answers } = aBook();
    void book.load();
    void book.decide(choice('granted'), false, 'widget.your-data');
    await answers[1]!(200, list(choice('withdrawn')));
    await answers[0]!(200, list(choice('granted')));
    expect(book.choice(CONVERSATION)?.state).toBe('withdrawn');
  });

  it('P-0103 a refused decision says why and shows what is in force; no answer is said as well', async () => {
    const { book, answers, refused } = aBook();
    void book.decide(choice('none'), true, 'widget.consent-card');
    await answers[0]!(409, { code: SUPERSEDED });
    await answers[1]!(200, list(choice('superseded')));
    expect(book.state.trouble).toEqual({ scope: CONVERSATION, code: SUPERSEDED });
    expect([book.choice(CONVERSATION)?.state, refused]).toEqual(['superseded', [SUPERSEDED]]);
    void book.decide(choice('superseded'), true, 'widget.your-data');
    await answers[2]!(409, { code: 'privacy.consent-replayed' });
    await answers[3]!(200, list(choice('withdrawn')));
    expect([book.choice(CONVERSATION)?.state, book.state.trouble?.code]).toEqual([
      ...['withdrawn', 'privacy.consent-replayed'],
    ]);
    void book.decide(choice('none'), true, 'widget.consent-card');
    await answers[4]!(500, {});
    expect(book.state.trouble).toEqual({ scope: CONVERSATION, code: undefined });
  });
});
