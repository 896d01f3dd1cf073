import { newId } from '@libs/kernel';
import type { ConsentAct } from '@libs/privacy';
import type { Fault } from '../actions.js';
import type { ConsentProcess } from '../processes.js';
import { accepted, BASIC, Difference, type World } from '../world.js';

const MOST_REPLAYS = 30;

/** Codes that refuse an act which is not one; anything else is a failure of the run. */
const REFUSALS: Readonly<Record<Fault, readonly string[]>> = {
  silent: ['privacy.consent-not-express'],
  older: ['privacy.policy-superseded'],
  newer: ['privacy.notice-unknown'],
  'other-notice': ['privacy.notice-unknown'],
  bundle: ['privacy.consent-bundled'],
  unknown: ['privacy.consent-scope-unknown'],
};

export async function grant(world: World, by: ConsentProcess, person: number, about: string): Promise<void> {
  const act = await actOf(world, by, person, about, 'grant');
  const record = await accepted(by.consents.decide(act));
  const isAsked = world.model.questions().includes(about);
  if (typeof record === 'string') {
    const mayRefuse = !world.isSettled || !isAsked || (world.model.hasLeft(person) && about !== BASIC);
    if (mayRefuse) return;
    throw new Difference(`a grant of ${about} by ${person} was refused: ${record}`);
  }
  if (record.version !== world.model.versionOf(about) || !isAsked) {
    throw new Difference(`a grant of ${about} by ${person} was taken for version ${record.version}`);
  }
  world.model.answer(person, about, true);
  world.sent.push(act);
  if (world.sent.length > MOST_REPLAYS) world.sent.shift();
}

/** An act of agreeing with something wrong in it: refused, nothing changes. */
export async function faulty(
  world: World,
  by: ConsentProcess,
  person: number,
  about: string,
  fault: Fault,
): Promise<void> {
  const act = await actOf(world, by, person, about, 'grant');
  const broken: Record<Fault, Partial<ConsentAct>> = {
    silent: { granted: undefined },
    older: { version: (act.version as number) - 1 },
    newer: { version: (act.version as number) + 1 },
    'other-notice': { noticeHash: 'cd'.repeat(32) },
    bundle: { scope: [about, 'purpose/marketing'] },
    unknown: { scope: 'purpose/profiling' },
  };
  const refused = await accepted(by.consents.decide({ ...act, ...broken[fault] }));
  if (typeof refused !== 'string') throw new Difference(`a grant of ${about} (${fault}) was taken`);
  const isAsked = world.model.questions().includes(about);
  if (!world.isSettled || !isAsked || world.model.hasLeft(person) || REFUSALS[fault].includes(refused)) return;
  throw new Difference(`a grant of ${about} (${fault}) was refused as ${refused}`);
}

export async function deny(
  world: World,
  by: ConsentProcess,
  person: number,
  about: string,
  kind: 'refuse' | 'withdraw',
): Promise<void> {
  const given = world.model.saidYes(person, about);
  const record = await accepted(by.consents.decide(await actOf(world, by, person, about, kind)));
  if (typeof record !== 'string') {
    if (kind === 'withdraw' && !given) throw new Difference(`${about} of ${person} was withdrawn without a grant`);
    world.model.answer(person, about, false);
    return;
  }
  if (kind === 'withdraw' && !given && record === 'privacy.consent-not-given') return;
  const isAsked = world.model.questions().includes(about);
  // Whoever agreed may always say no, also to what is not asked any more (P-0109).
  if (kind === 'withdraw' ? !given : !isAsked || !world.isSettled || world.model.hasLeft(person)) return;
  throw new Difference(`${kind} of ${about} by ${person} was refused: ${record}`);
}

export async function withdrawAll(world: World, by: ConsentProcess, person: number): Promise<void> {
  const group = world.model.sameHuman(person);
  const yeses = group.flatMap((member) => world.model.yeses(member).map((about) => `${member} ${about}`));
  // A guardian's yes is the guardian's to take back; without the person's own it opens nothing.
  const given = yeses.filter((yes) => !yes.includes(' guardian/'));
  const {
    decision: _one,
    scope: _all,
    version: _v,
    noticeHash: _h,
    nonce: _n,
    ...rest
  } = await actOf(world, by, person, BASIC, 'withdraw');
  const records = await accepted(by.consents.withdrawAll(rest));
  if (typeof records === 'string') {
    if (given.length === 0) return;
    throw new Difference(`withdrawing everything of ${person} was refused: ${records}`);
  }
  const ended = records.map(({ subjectId, scope }) => `${world.ids.indexOf(subjectId)} ${scope}`);
  if (ended.sort().join() !== given.sort().join()) {
    throw new Difference(`withdrawing everything of ${person} ended ${ended.join()}, not ${given.join()}`);
  }
  for (const [member, about] of ended.map((one) => one.split(' '))) world.model.answer(Number(member), about!, false);
}

/** An old act again, byte for byte: whatever is answered, nothing changes. */
export async function replay(world: World, by: ConsentProcess, which: number): Promise<void> {
  const act = world.sent[which % Math.max(1, world.sent.length)];
  if (act) await accepted(by.consents.decide(act));
}

async function actOf(
  world: World,
  by: ConsentProcess,
  person: number,
  about: string,
  decision: ConsentAct['decision'],
): Promise<ConsentAct> {
  const notice = await by.consents.notice(world.tenantId, about, 'zh-CN');
  return {
    tenantId: world.tenantId,
    subjectId: world.ids[person]!,
    decision,
    scope: about,
    ...(decision === 'grant' && { granted: true }),
    version: notice?.version ?? world.model.versionOf(about),
    noticeHash: notice?.hash ?? 'ab'.repeat(32),
    locale: 'zh-CN',
    screen: 'widget.your-data',
    channel: 'web',
    method: 'switch',
    actor: about.startsWith('guardian/') ? 'guardian' : 'visitor',
    correlationId: 'model',
    nonce: newId(),
  };
}
