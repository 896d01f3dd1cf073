import { DEFAULT_REGISTER, type FieldCode, type Purpose, type Register } from '@libs/privacy-core';

/**
 * What the requirements say, written down as naively as possible and without the rules of the product: who may be
 * shown what. Nothing here is fast, shared with the product, or clever.
 */

export type Way = 'with-purpose' | 'own' | 'separate';

/** A function of the workspace (P-0302). */
interface ModelFunction {
  enabled: boolean;
  asks: boolean;
  version: number;
  months: number;
  recipients: string[];
  fields: Map<FieldCode, Way>;
}

interface Answer {
  yes: boolean;
  version: number;
}

interface ModelPerson {
  answers: Map<string, Answer>;
  guarded: boolean;
  /** Ended the service while it was offered, and waits for erasure. */
  gone: boolean;
}

/** What changes about one function, as a workspace may say it. */
export interface FunctionChange {
  readonly purpose: Purpose;
  readonly enabled?: boolean;
  readonly basis?: 'L-CONSENT' | 'L-CONTRACT';
  readonly months?: number;
  readonly recipients?: readonly string[];
  readonly fields?: readonly { readonly field: FieldCode; readonly consent: Way }[];
}

/** The one function without which there is no service; the others that are basic ask nobody. */
const BASIC = 'purpose/support-conversation';

/** Question of the person: about a function, one of its fields, or one that is sensitive. */
export function question(purpose: Purpose, field: FieldCode, way: Way): string {
  if (way === 'with-purpose') return `purpose/${purpose}`;
  return `${way === 'own' ? 'field' : 'sensitive'}/${purpose}/${field}`;
}

export class ConsentModel {
  readonly functions = new Map<Purpose, ModelFunction>();
  readonly people: ModelPerson[] = [];
  readonly links = new Set<string>();
  /** `role field` -> what the role sees. */
  readonly seen = new Map<string, string>();
  registerVersion = 1;

  constructor(register: Register = DEFAULT_REGISTER) {
    for (const one of register.activities) {
      this.functions.set(one.purpose, {
        enabled: one.enabled,
        asks: one.basis === 'L-CONSENT',
        version: one.consentVersion,
        months: one.retainMonths,
        recipients: [...one.recipients],
        fields: new Map(one.fields.map(({ field, consent }) => [field, consent])),
      });
    }
    for (const { field, roles } of register.fields) {
      for (const [role, visibility] of Object.entries(roles)) this.seen.set(`${role} ${field}`, visibility);
    }
  }

  /** A visitor who agreed to the conversation and nothing else (P-0101, C-06). */
  born(): number {
    const version = this.functions.get('support-conversation')!.version;
    const answers = new Map([[BASIC, { yes: true, version }]]);
    return this.people.push({ answers, guarded: false, gone: false }) - 1;
  }

  answer(person: number, about: string, yes: boolean): void {
    this.people[person]!.answers.set(about, { yes, version: yes ? this.versionOf(about) : 0 });
    // C-35: also while the function is off.
    if (about === BASIC) this.people[person]!.gone = !yes;
  }

  versionOf(about: string): number {
    return this.functions.get(about.split('/')[1] as Purpose)?.version ?? 0;
  }

  saidYes(person: number, about: string): boolean {
    return this.people[person]!.answers.get(about)?.yes === true;
  }

  yeses(person: number): string[] {
    return [...this.people[person]!.answers].filter(([, { yes }]) => yes).map(([about]) => about);
  }

  /** Whether the person ended the service (C-35). */
  hasLeft(person: number): boolean {
    const answer = this.people[person]!.answers.get(BASIC);
    return answer?.yes === false;
  }

  /** Everything that is asked of people now. */
  questions(): string[] {
    const asked = new Set<string>();
    for (const [purpose, one] of this.functions) {
      if (!one.enabled || !one.asks || one.fields.size === 0) continue;
      asked.add(`guardian/${purpose}`);
      for (const [field, way] of one.fields) asked.add(question(purpose, field, way));
      for (const recipient of one.recipients) asked.add(`provide/${recipient}`);
    }
    return [...asked];
  }

  link(one: number, other: number): void {
    this.links.add(`${Math.min(one, other)} ${Math.max(one, other)}`);
  }

  unlink(pair: string): void {
    this.links.delete(pair);
  }

  change(change: FunctionChange): void {
    const one = this.functions.get(change.purpose)!;
    const fields = change.fields && new Map(change.fields.map(({ field, consent }) => [field, consent]));
    const takesMore =
      (change.enabled === true && !one.enabled) ||
      (change.basis !== undefined && (change.basis === 'L-CONSENT') !== one.asks) ||
      (change.months !== undefined && change.months > one.months) ||
      (change.recipients ?? []).some((recipient) => !one.recipients.includes(recipient)) ||
      [...(fields ?? [])].some(([field, way]) => one.fields.get(field) !== way);
    one.enabled = change.enabled ?? one.enabled;
    if (change.basis) one.asks = change.basis === 'L-CONSENT';
    one.months = change.months ?? one.months;
    one.recipients = [...(change.recipients ?? one.recipients)];
    one.fields = fields ?? one.fields;
    if (takesMore) one.version += 1;
    this.registerVersion += 1;
  }

  sees(role: string, field: FieldCode, visibility: string): void {
    this.seen.set(`${role} ${field}`, visibility);
    this.registerVersion += 1;
  }

  /** May the value be used at all? */
  mayBeServed(purpose: Purpose, field: FieldCode, person: number): boolean {
    const one = this.functions.get(purpose);
    const way = one?.fields.get(field);
    // P-0302, P-0112: a function uses the fields it names, while it is on.
    if (!one?.enabled || !way) return false;
    const group = this.links.size === 0 ? [person] : this.sameHuman(person);
    // C-35: who has ended the service is open to no function but what the law wants.
    if (purpose !== 'subject-request' && group.some((member) => this.people[member]!.gone)) return false;
    // P-0111: another ground asks nobody.
    if (!one.asks) return true;
    const about = question(purpose, field, way);
    const questions = [about, `purpose/${purpose}`, `guardian/${purpose}`, BASIC];
    // P-0104, P-0109, C-35: a no counts, of whichever of the linked subjects it is.
    for (const member of group) {
      for (const text of questions) if (this.people[member]!.answers.get(text)?.yes === false) return false;
    }
    // C-06, P-0103: an express yes of this subject to what is asked now.
    if (!this.agreesNow(person, about, one.version)) return false;
    // P-0903: and a guardian's, where there is one.
    const guarded = group.some((member) => this.people[member]!.guarded);
    return !guarded || this.agreesNow(person, `guardian/${purpose}`, one.version);
  }

  /** How a value shows itself to a role that reads for a purpose. */
  face(role: string, purpose: Purpose, field: FieldCode, person: number): string {
    if (!this.mayBeServed(purpose, field, person)) return 'withheld';
    const visibility = this.seen.get(`${role} ${field}`)!;
    return visibility === 'none' ? 'no-permission' : visibility;
  }

  /** All subjects that are this human, as far as links say. */
  sameHuman(person: number): number[] {
    const group = [person];
    for (let grown = true; grown; ) {
      grown = false;
      for (const pair of this.links) {
        const [one, other] = pair.split(' ').map(Number) as [number, number];
        if (group.includes(one) === group.includes(other)) continue;
        group.push(group.includes(one) ? other : one);
        grown = true;
      }
    }
    return group;
  }

  private agreesNow(person: number, about: string, version: number): boolean {
    const answer = this.people[person]!.answers.get(about);
    return answer?.yes === true && answer.version >= version;
  }
}
