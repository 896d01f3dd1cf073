import type { ChoiceMade, PersonalChoice, PersonalChoices } from '@libs/contracts';
import { type Caller, type ChoicesAnswer, decide, fetchChoices, withdrawAll } from './choices-api.js';

/** Scope under which an act about everything is busy or in trouble. */
export const EVERYTHING = '*';
/** The consent that the conversation itself rests on. */
export const CONVERSATION = 'purpose/support-conversation';
export const WITHDRAWN = 'privacy.consent-withdrawn';
export const SUPERSEDED = 'privacy.policy-superseded';

/** Why the conversation may not go on, as the code the server would answer; undefined while it may. */
export function consentStanding(list: PersonalChoices | undefined): string | undefined {
  const state = list?.choices.find(({ scope }) => scope === CONVERSATION)?.state ?? 'granted';
  if (state === 'withdrawn' || state === 'refused' || (list && list.erasureAt !== null)) return WITHDRAWN;
  if (state === 'granted') return undefined;
  return state === 'superseded' ? SUPERSEDED : 'privacy.consent-required';
}

export interface ChoicesState {
  readonly list: PersonalChoices | undefined;
  /** The last reading failed; `list` is what was known before. */
  readonly unread: boolean;
  /** Scope whose decision is on its way. */
  readonly busy: string | undefined;
  /** The last decision was not taken: about what, and why (no code: nobody answered). */
  readonly trouble: { readonly scope: string; readonly code: string | undefined } | undefined;
  /** The last decision that was taken here. */
  readonly made: { readonly scope: string; readonly granted: boolean } | undefined;
}

/** How the conversation stands by the choices: why it may not go on, and whether the person took the consent back. */
export function standingOf({ list }: ChoicesState): { readonly code: string | undefined; readonly withdrawn: boolean } {
  const code = consentStanding(list);
  return { code, withdrawn: code === WITHDRAWN };
}

export interface BookPorts {
  readonly caller: () => Caller | undefined;
  readonly locale: () => string;
  readonly changed: (state: ChoicesState) => void;
  /** The token is no longer worth anything. */
  readonly refused: (code: string) => void;
}

/** What the visitor agreed to and declined, as the server has it. Nothing is shown as decided before it answers. */
export class ChoiceBook {
  private current: ChoicesState = {
    list: undefined,
    unread: false,
    busy: undefined,
    trouble: undefined,
    made: undefined,
  };
  private channel: BroadcastChannel | undefined;
  /** Grows with each request: an answer that others have overtaken is old news. */
  private asked = 0;

  constructor(
    inbox: string,
    private readonly ports: BookPorts,
  ) {
    try {
      this.channel = new BroadcastChannel(`custodia:${inbox}`);
      this.channel.onmessage = () => void this.load();
    } catch {
      // Without storage each tab is a visitor of its own: there is nobody to tell.
    }
  }

  get state(): ChoicesState {
    return this.current;
  }

  choice(scope: string): PersonalChoice | undefined {
    return this.current.list?.choices.find((choice) => choice.scope === scope);
  }

  async load(): Promise<void> {
    const caller = this.ports.caller();
    if (!caller) return;
    this.asked += 1;
    const mine = this.asked;
    const answer = await fetchChoices(caller, this.ports.locale()).catch(() => undefined);
    if (mine !== this.asked) return;
    if (!answer || 'code' in answer) this.set({ unread: true });
    else this.set({ list: answer, unread: false });
    if (answer && 'code' in answer) this.ports.refused(answer.code);
  }

  /** One act about one choice; whether it was taken. */
  decide(choice: PersonalChoice, granted: boolean, screen: ChoiceMade['screen']): Promise<boolean> {
    const { scope, version, noticeHash, seen } = choice;
    const locale = this.ports.locale();
    return this.act(scope, granted, (caller) =>
      decide(caller, { scope, granted, version, noticeHash, seen, locale, screen }),
    );
  }

  withdrawAll(): Promise<boolean> {
    const body = { locale: this.ports.locale(), screen: 'widget.your-data' } as const;
    return this.act(EVERYTHING, false, (caller) => withdrawAll(caller, body));
  }

  /** Another person's, or nobody's. */
  forget(): void {
    this.asked += 1;
    this.set({ list: undefined, unread: false, busy: undefined, trouble: undefined, made: undefined });
  }

  /** A trouble that was read, or is about something else. */
  calm(): void {
    if (this.current.trouble || this.current.made) this.set({ trouble: undefined, made: undefined });
  }

  private async act(
    scope: string,
    granted: boolean,
    run: (caller: Caller) => Promise<ChoicesAnswer>,
  ): Promise<boolean> {
    const caller = this.ports.caller();
    if (!caller || this.current.busy) return false;
    this.set({ busy: scope, trouble: undefined, made: undefined });
    this.asked += 1;
    const answer = await run(caller).catch(() => undefined);
    if (answer && !('code' in answer)) {
      this.set({ list: answer, unread: false, busy: undefined, made: { scope, granted } });
      this.channel?.postMessage(0);
      return true;
    }
    this.set({ busy: undefined, trouble: { scope, code: answer?.code } });
    if (answer) {
      this.ports.refused(answer.code);
      // What it was about may look different by now: show what is in force.
      if (this.ports.caller()) await this.load();
    }
    return false;
  }

  private set(change: Partial<ChoicesState>): void {
    this.current = { ...this.current, ...change };
    this.ports.changed(this.current);
  }
}
