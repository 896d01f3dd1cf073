import type { FieldCode, Purpose } from '@libs/privacy-core';
import type { SeededRandom } from '../durability/seeded-random.js';
import type { ConsentModel, FunctionChange, Way } from './model.js';

/** Which of the two processes does it. */
export type Process = 0 | 1;

/** One step of a run, as data: the same list can be run again, whole or in part. */
export type Action =
  | {
      readonly kind: 'grant';
      readonly by: Process;
      readonly person: number;
      readonly about: string;
      readonly fault?: Fault;
    }
  | { readonly kind: 'refuse' | 'withdraw'; readonly by: Process; readonly person: number; readonly about: string }
  | { readonly kind: 'withdraw-all'; readonly by: Process; readonly person: number }
  | { readonly kind: 'replay'; readonly by: Process; readonly which: number }
  | { readonly kind: 'born'; readonly by: Process }
  | { readonly kind: 'link'; readonly by: Process; readonly one: number; readonly other: number }
  | { readonly kind: 'unlink'; readonly by: Process; readonly pair: string }
  | { readonly kind: 'guard'; readonly by: Process; readonly person: number; readonly guarded: boolean }
  | { readonly kind: 'change'; readonly by: Process; readonly change: FunctionChange }
  | {
      readonly kind: 'see';
      readonly by: Process;
      readonly role: string;
      readonly field: FieldCode;
      readonly visibility: string;
    }
  | {
      readonly kind: 'write';
      readonly by: Process;
      readonly person: number;
      readonly purpose: Purpose;
      readonly field: FieldCode;
    }
  | { readonly kind: 'clock'; readonly ms: number };

/** What is wrong with an act of agreeing that must change nothing. */
export type Fault = 'silent' | 'older' | 'newer' | 'other-notice' | 'bundle' | 'unknown';

const FAULTS: readonly Fault[] = ['silent', 'older', 'newer', 'other-notice', 'bundle', 'unknown'];
const FIELDS: readonly FieldCode[] = [
  'chat.message',
  'chat.note',
  'contact.name',
  'contact.mobile',
  'contact.email',
  'contact.wechat',
  'contact.address',
  'media.voice',
  'media.location',
];
const EXTENDED: readonly Purpose[] = [
  'customer-relations',
  'marketing',
  'service-quality',
  'voice-message',
  'location-message',
];
const SENSITIVE = new Set<FieldCode>(['chat.message', 'chat.note', 'contact.address', 'media.voice', 'media.location']);
const ROLES = ['owner', 'admin', 'supervisor', 'agent', 'privacy-officer'];
const MOST_PEOPLE = 5;
const DAY = 86_400_000;

const pick = <T>(random: SeededRandom, from: readonly T[]): T => from[random.between(0, from.length - 1)]!;

type Draw = (random: SeededRandom, model: ConsentModel, by: Process) => Action | undefined;

/** How often which kind is drawn, in a hundred. */
const WEIGHTS: readonly (readonly [number, Draw])[] = [
  [30, drawGrant],
  [8, drawRefusal],
  [12, drawWithdrawal],
  [2, (random, model, by) => ({ kind: 'withdraw-all', by, person: drawPerson(random, model) })],
  [5, (random, _model, by) => ({ kind: 'replay', by, which: random.between(0, 1_000_000) })],
  [2, (_random, model, by) => (model.people.length < MOST_PEOPLE ? { kind: 'born', by } : undefined)],
  [5, drawLink],
  [5, drawUnlink],
  [2, (random, model, by) => ({ kind: 'guard', by, person: drawPerson(random, model), guarded: random.next() < 0.3 })],
  [4, drawChange],
  [2, drawSight],
  [15, drawWrite],
  [9, (random) => ({ kind: 'clock', ms: random.between(-3 * DAY, 3 * DAY) })],
];
const TOTAL = WEIGHTS.reduce((sum, [weight]) => sum + weight, 0);

/** The next step, drawn so that most steps change something. */
export function drawAction(random: SeededRandom, model: ConsentModel): Action {
  for (;;) {
    let left = random.next() * TOTAL;
    const by: Process = random.next() < 0.5 ? 0 : 1;
    const [, draw] = WEIGHTS.find(([weight]) => {
      left -= weight;
      return left < 0;
    })!;
    const action = draw(random, model, by);
    if (action) return action;
  }
}

function drawPerson(random: SeededRandom, model: ConsentModel): number {
  return random.between(0, model.people.length - 1);
}

/** Often what is not agreed to yet, so that there is something to lose. */
function drawGrant(random: SeededRandom, model: ConsentModel, by: Process): Action {
  const person = drawPerson(random, model);
  const fault = random.next() < 0.08 ? pick(random, FAULTS) : undefined;
  const asked = model.questions();
  const missing = asked.filter((about) => !model.saidYes(person, about));
  const basic = 'purpose/support-conversation';
  const about =
    missing.includes(basic) && random.next() < 0.5 ? basic : pick(random, missing.length > 0 ? missing : asked);
  return { kind: 'grant', by, person, about, ...(fault && { fault }) };
}

function drawRefusal(random: SeededRandom, model: ConsentModel, by: Process): Action {
  return { kind: 'refuse', by, person: drawPerson(random, model), about: pick(random, model.questions()) };
}

function drawWithdrawal(random: SeededRandom, model: ConsentModel, by: Process): Action {
  const person = drawPerson(random, model);
  const given = model.yeses(person);
  const about = given.length > 0 && random.next() < 0.9 ? pick(random, given) : pick(random, model.questions());
  return { kind: 'withdraw', by, person, about };
}

function drawLink(random: SeededRandom, model: ConsentModel, by: Process): Action | undefined {
  const [one, other] = [drawPerson(random, model), drawPerson(random, model)];
  const pair = `${Math.min(one, other)} ${Math.max(one, other)}`;
  return one === other || model.links.has(pair) || model.links.size > 1 ? undefined : { kind: 'link', by, one, other };
}

function drawUnlink(random: SeededRandom, model: ConsentModel, by: Process): Action | undefined {
  return model.links.size === 0 ? undefined : { kind: 'unlink', by, pair: pick(random, [...model.links]) };
}

function drawChange(random: SeededRandom, model: ConsentModel, by: Process): Action {
  const purpose = pick(random, EXTENDED);
  const one = model.functions.get(purpose)!;
  const entries = [...one.fields].map(([field, consent]) => ({ field, consent }));
  const changes: readonly (() => FunctionChange)[] = [
    () => ({ purpose, enabled: !one.enabled || random.next() < 0.4 }),
    () => ({ purpose, enabled: true }),
    () => ({ purpose, basis: one.asks && random.next() < 0.4 ? 'L-CONTRACT' : 'L-CONSENT' }),
    () => ({ purpose, months: random.between(1, 48) }),
    () => ({ purpose, recipients: random.next() < 0.5 ? [] : [pick(random, ['acme', 'courier', 'bank'])] }),
    () => ({ purpose, fields: entries.filter(() => random.next() < 0.8) }),
    () => ({ purpose, fields: withField(entries, pick(random, FIELDS), random) }),
    () => ({ purpose: 'support-conversation', enabled: random.next() < 0.8 }),
    () => ({ purpose: 'support-conversation', months: random.between(20, 30) }),
  ];
  return { kind: 'change', by, change: pick(random, changes)() };
}

function withField(
  entries: readonly { field: FieldCode; consent: Way }[],
  field: FieldCode,
  random: SeededRandom,
): { field: FieldCode; consent: Way }[] {
  const consent = SENSITIVE.has(field) ? 'separate' : pick<Way>(random, ['with-purpose', 'own', 'separate']);
  return [...entries.filter((entry) => entry.field !== field), { field, consent }];
}

function drawSight(random: SeededRandom, _model: ConsentModel, by: Process): Action {
  const visibility = pick(random, ['plain', 'masked', 'none']);
  return { kind: 'see', by, role: pick(random, ROLES), field: pick(random, FIELDS), visibility };
}

function drawWrite(random: SeededRandom, model: ConsentModel, by: Process): Action {
  const purpose = pick<Purpose>(random, ['customer-relations', 'support-conversation', ...EXTENDED]);
  const fields = [...model.functions.get(purpose)!.fields.keys()];
  const field = fields.length > 0 && random.next() < 0.95 ? pick(random, fields) : pick(random, FIELDS);
  return { kind: 'write', by, person: drawPerson(random, model), purpose, field };
}
