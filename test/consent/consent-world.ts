import { newId, UserError } from '@libs/kernel';
import { type ConsentAct, field, type PersonalCell } from '@libs/privacy';
import {
  DEFAULT_REGISTER,
  type FieldCode,
  PURPOSES,
  type Purpose,
  type Register,
  registerProblems,
} from '@libs/privacy-core';
import { runInTenant } from '@libs/tenancy';
import type { Action, Fault } from './actions.js';
import { ConsentModel, type FunctionChange } from './model.js';
import { announcePeople, type ConsentProcess, type Processes } from './processes.js';

const BASIC = 'purpose/support-conversation';
const MOST_REPLAYS = 30;
const READERS: readonly (readonly [role: string, purpose: Purpose])[] = [
  ['agent', 'customer-relations'],
  ['supervisor', 'customer-relations'],
  ['admin', 'marketing'],
  ['privacy-officer', 'subject-request'],
];
const NAME = field(
  'crm_contact',
  'name',
  'identity',
  ['support-conversation', 'customer-relations', 'marketing', 'subject-request'],
  'contact.name',
);
const MOBILE = field(
  'crm_contact',
  'mobile',
  'contact',
  ['customer-relations', 'marketing', 'subject-request'],
  'contact.mobile',
);
const ADDRESS = field(
  'crm_contact',
  'address',
  'location',
  ['customer-relations', 'subject-request'],
  'contact.address',
);
const VALUES: Readonly<Record<string, string>> = {
  'contact.name': '林晓雯',
  'contact.mobile': '13812341234',
  'contact.address': '上海市浦东新区世纪大道100号',
};

/** Codes that refuse an act which is not one; anything else is a failure of the run. */
const REFUSALS: Readonly<Record<Fault, readonly string[]>> = {
  silent: ['privacy.consent-not-express'],
  older: ['privacy.policy-superseded'],
  newer: ['privacy.notice-unknown'],
  'other-notice': ['privacy.notice-unknown'],
  bundle: ['privacy.consent-bundled'],
  unknown: ['privacy.consent-scope-unknown'],
};

/** What the run is about: a step after which product and model differ. */
export class Difference extends Error {}

/** One workspace with a few people, in the product and in the model. */
export class ConsentWorld {
  readonly model = new ConsentModel();
  private readonly ids: string[] = [];
  private readonly cells: PersonalCell[][] = [];
  private readonly sent: ConsentAct[] = [];
  private register: Register = DEFAULT_REGISTER;
  /** True while both processes have read the feed since the last change. */
  private isSettled = true;

  private constructor(
    private readonly processes: Processes,
    readonly tenantId: string,
  ) {}

  static async open(processes: Processes, people: number): Promise<ConsentWorld> {
    const world = new ConsentWorld(processes, await processes.tenant());
    for (let count = 0; count < people; count += 1) await world.apply({ kind: 'born', by: 0 });
    return world;
  }

  /** Does one step in the product and in the model. */
  async apply(action: Action): Promise<void> {
    const by = 'by' in action ? this.processes.both[action.by] : this.processes.both[0];
    await runInTenant({ tenantId: this.tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'model' }, () =>
      this.does(action, by),
    );
    if (action.kind !== 'clock' && action.kind !== 'write') this.isSettled = false;
  }

  settled(): void {
    this.isSettled = true;
  }

  /** Compares everything that either process would serve with what the model allows. */
  async check(withFaces: boolean): Promise<void> {
    for (const process of this.processes.both) await process.gate.load(this.tenantId, this.ids);
    for (const person of this.model.people.keys()) {
      for (const purpose of PURPOSES) {
        const named = this.model.functions.get(purpose)!.fields;
        for (const code of new Set<FieldCode>([...named.keys(), 'contact.name'])) this.compare(purpose, code, person);
      }
    }
    if (withFaces) for (const process of this.processes.both) await this.compareFaces(process);
  }

  private compare(purpose: Purpose, code: FieldCode, person: number): void {
    const expected = this.model.mayBeServed(purpose, code, person);
    for (const { gate } of this.processes.both) {
      const ground = gate.groundNow(this.tenantId, purpose, code, this.ids[person]!);
      if (ground?.allowed === expected) continue;
      const why = ground && !ground.allowed ? ground.reason : String(ground?.allowed);
      throw new Difference(`${purpose} ${code} of ${person}: the model says ${expected}, the product ${why}`);
    }
  }

  private async compareFaces({ gate }: ConsentProcess): Promise<void> {
    for (const [role, purpose] of READERS) {
      const cells = this.cells.map((row) => row.filter(({ spec }) => spec.purposes.includes(purpose)));
      const reader = { tenantId: this.tenantId, memberId: newId(), role, purpose, correlationId: 'model' };
      const rows = await gate.faces({ ...reader, range: `contacts ${cells.length}` }, cells);
      for (const [person, row] of cells.entries()) {
        for (const [index, { spec }] of row.entries()) {
          const shown = rows[person]![index]!;
          const expected = this.model.face(role, purpose, spec.code!, person);
          const value = VALUES[spec.code!]!;
          const isRight =
            shown.face === expected && (expected !== 'plain' || ('value' in shown && shown.value === value));
          const leaks = expected !== 'plain' && JSON.stringify(shown).includes(value);
          if (isRight && !leaks) continue;
          throw new Difference(`${role} sees ${spec.code} of ${person} as ${JSON.stringify(shown)}, not ${expected}`);
        }
      }
    }
  }

  private async does(action: Action, by: ConsentProcess): Promise<void> {
    switch (action.kind) {
      case 'born':
        return this.born(by);
      case 'grant':
        return action.fault
          ? this.faulty(by, action.person, action.about, action.fault)
          : this.grant(by, action.person, action.about);
      case 'refuse':
      case 'withdraw':
        return this.deny(by, action.person, action.about, action.kind);
      case 'withdraw-all':
        return this.withdrawAll(by, action.person);
      case 'replay':
        return this.replay(by, action.which);
      case 'link':
        return this.link(by, action.one, action.other);
      case 'unlink':
        return this.unlink(by, action.pair);
      case 'guard':
        return this.guard(by, action.person, action.guarded);
      case 'change':
        return this.change(by, action.change);
      case 'see':
        return this.see(by, action.role, action.field, action.visibility);
      case 'write':
        return this.write(by, action.person, action.purpose, action.field);
      case 'clock':
        this.processes.clock.advance(action.ms);
    }
  }

  private async born(by: ConsentProcess): Promise<void> {
    if (!this.model.functions.get('support-conversation')!.enabled) return;
    const { subjects, clock, cipher } = this.processes;
    const subjectId = newId(clock.now());
    const version = this.model.versionOf(BASIC);
    const slip = {
      noticeHash: 'ab'.repeat(32),
      version: 1,
      consentVersion: version,
      locale: 'zh-CN',
      agreedAt: clock.now(),
      nonce: newId(),
    };
    const birth = await by.consents.birthStep({ tenantId: this.tenantId, subjectId, inboxId: newId(), slip });
    await this.submit(by, 'support-conversation', subjectId, [subjects.step({ subjectId, create: 'visitor' }), birth]);
    this.ids.push(subjectId);
    this.cells.push(await this.sealedCells(subjectId, cipher));
    this.model.born();
  }

  private async sealedCells(subjectId: string, cipher: Processes['cipher']): Promise<PersonalCell[]> {
    const cells: PersonalCell[] = [];
    const specs = [NAME, MOBILE, ADDRESS];
    await this.processes.keys.createSubject(
      this.tenantId,
      subjectId,
      specs.map(({ group }) => group),
    );
    for (const spec of specs) {
      await cipher.load(this.tenantId, [subjectId], spec.group);
      const text = VALUES[spec.code!]!;
      const sealed = cipher.seal(this.tenantId, subjectId, spec, subjectId, text, 'customer-relations');
      cells.push({ subjectId, spec, row: subjectId, sealed });
    }
    return cells;
  }

  private async act(
    by: ConsentProcess,
    person: number,
    about: string,
    decision: ConsentAct['decision'],
  ): Promise<ConsentAct> {
    const notice = await by.consents.notice(this.tenantId, about, 'zh-CN');
    return {
      tenantId: this.tenantId,
      subjectId: this.ids[person]!,
      decision,
      scope: about,
      ...(decision === 'grant' && { granted: true }),
      version: notice?.version ?? this.model.versionOf(about),
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

  private async grant(by: ConsentProcess, person: number, about: string): Promise<void> {
    const act = await this.act(by, person, about, 'grant');
    const record = await accepted(by.consents.decide(act));
    const isAsked = this.model.questions().includes(about);
    if (typeof record === 'string') {
      const mayRefuse = !this.isSettled || !isAsked || (this.model.hasLeft(person) && about !== BASIC);
      if (mayRefuse) return;
      throw new Difference(`a grant of ${about} by ${person} was refused: ${record}`);
    }
    if (record.version !== this.model.versionOf(about) || !isAsked) {
      throw new Difference(`a grant of ${about} by ${person} was taken for version ${record.version}`);
    }
    this.model.answer(person, about, true);
    this.sent.push(act);
    if (this.sent.length > MOST_REPLAYS) this.sent.shift();
  }

  /** An act of agreeing with something wrong in it: refused, nothing changes. */
  private async faulty(by: ConsentProcess, person: number, about: string, fault: Fault): Promise<void> {
    const act = await this.act(by, person, about, 'grant');
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
    const isAsked = this.model.questions().includes(about);
    if (!this.isSettled || !isAsked || this.model.hasLeft(person) || REFUSALS[fault].includes(refused)) return;
    throw new Difference(`a grant of ${about} (${fault}) was refused as ${refused}`);
  }

  private async deny(by: ConsentProcess, person: number, about: string, kind: 'refuse' | 'withdraw'): Promise<void> {
    const given = this.model.saidYes(person, about);
    const record = await accepted(by.consents.decide(await this.act(by, person, about, kind)));
    if (typeof record !== 'string') {
      if (kind === 'withdraw' && !given) throw new Difference(`${about} of ${person} was withdrawn without a grant`);
      this.model.answer(person, about, false);
      return;
    }
    if (kind === 'withdraw' && !given && record === 'privacy.consent-not-given') return;
    const isAsked = this.model.questions().includes(about);
    // Whoever agreed may always say no, also to what is not asked any more (P-0109).
    if (kind === 'withdraw' ? !given : !isAsked || !this.isSettled || this.model.hasLeft(person)) return;
    throw new Difference(`${kind} of ${about} by ${person} was refused: ${record}`);
  }

  private async withdrawAll(by: ConsentProcess, person: number): Promise<void> {
    const group = this.model.sameHuman(person);
    const yeses = group.flatMap((member) => this.model.yeses(member).map((about) => `${member} ${about}`));
    // A guardian's yes is the guardian's to take back; without the person's own it opens nothing.
    const given = yeses.filter((yes) => !yes.includes(' guardian/'));
    const {
      decision: _one,
      scope: _all,
      version: _v,
      noticeHash: _h,
      nonce: _n,
      ...rest
    } = await this.act(by, person, BASIC, 'withdraw');
    const records = await accepted(by.consents.withdrawAll(rest));
    if (typeof records === 'string') {
      if (given.length === 0) return;
      throw new Difference(`withdrawing everything of ${person} was refused: ${records}`);
    }
    const ended = records.map(({ subjectId, scope }) => `${this.ids.indexOf(subjectId)} ${scope}`);
    if (ended.sort().join() !== given.sort().join()) {
      throw new Difference(`withdrawing everything of ${person} ended ${ended.join()}, not ${given.join()}`);
    }
    for (const [member, about] of ended.map((one) => one.split(' '))) this.model.answer(Number(member), about!, false);
  }

  /** An old act again, byte for byte: whatever is answered, nothing changes. */
  private async replay(by: ConsentProcess, which: number): Promise<void> {
    const act = this.sent[which % Math.max(1, this.sent.length)];
    if (act) await accepted(by.consents.decide(act));
  }

  private async link(by: ConsentProcess, one: number, other: number): Promise<void> {
    const [subjectId, otherId] = [this.ids[one]!, this.ids[other]!];
    await announcePeople(
      by,
      this.processes.database,
      this.tenantId,
      [subjectId, otherId],
      (tx) =>
        tx.insert(
          'privacy_subject_link',
          ['tenant_id', 'id', 'subject_id', 'other_id', 'reason', 'actor', 'at', 'undone_at'],
          [[this.tenantId, newId(), subjectId, otherId, 'same-person', 'test', this.processes.clock.now(), null]],
        ) as Promise<unknown>,
    );
    this.model.link(one, other);
  }

  private async unlink(by: ConsentProcess, pair: string): Promise<void> {
    if (!this.model.links.has(pair)) return;
    const [one, other] = pair.split(' ').map((index) => this.ids[Number(index)]!) as [string, string];
    await announcePeople(by, this.processes.database, this.tenantId, [one, other], (tx) =>
      Promise.resolve(
        tx.run(
          'UPDATE privacy_subject_link SET undone_at = ? WHERE tenant_id = ? AND undone_at IS NULL AND ' +
            '((subject_id = ? AND other_id = ?) OR (subject_id = ? AND other_id = ?))',
          [this.processes.clock.now(), this.tenantId, one, other, other, one],
        ),
      ),
    );
    this.model.unlink(pair);
  }

  private async guard(by: ConsentProcess, person: number, guarded: boolean): Promise<void> {
    const id = this.ids[person]!;
    await announcePeople(by, this.processes.database, this.tenantId, [id], (tx) =>
      Promise.resolve(
        tx.run('UPDATE privacy_data_subject SET guarded = ? WHERE tenant_id = ? AND id = ?', [
          Number(guarded),
          this.tenantId,
          id,
        ]),
      ),
    );
    this.model.people[person]!.guarded = guarded;
  }

  private async change(by: ConsentProcess, change: FunctionChange): Promise<void> {
    const { purpose, basis, months, enabled, recipients, fields } = change;
    const activities = this.register.activities.map((one) =>
      one.purpose === purpose
        ? {
            ...one,
            enabled: enabled ?? one.enabled,
            basis: basis ?? one.basis,
            retainMonths: months ?? one.retainMonths,
            recipients: recipients ?? one.recipients,
            fields: fields ?? one.fields,
          }
        : one,
    );
    const next = { ...this.register, activities };
    if (registerProblems(next, DEFAULT_REGISTER).length > 0) return;
    await this.instruct(by, next);
    this.model.change(change);
    const version = this.register.activities.find((one) => one.purpose === purpose)!.consentVersion;
    const expected = this.model.functions.get(purpose)!.version;
    if (version !== expected) throw new Difference(`${purpose} has version ${version}, not ${expected}`);
  }

  private async see(by: ConsentProcess, role: string, code: FieldCode, visibility: string): Promise<void> {
    const fields = this.register.fields.map((one) =>
      one.field === code ? { ...one, roles: { ...one.roles, [role]: visibility } } : one,
    ) as Register['fields'];
    await this.instruct(by, { ...this.register, fields });
    this.model.sees(role, code, visibility);
  }

  /** A new version of the register, by somebody who has the newest one before them. */
  private async instruct(by: ConsentProcess, register: Register): Promise<void> {
    const who = { tenantId: this.tenantId, memberId: newId(), correlationId: 'model' };
    const baseVersion = this.model.registerVersion;
    const made = await by.register.change(who, { baseVersion, register, note: 'model', approvalId: newId() });
    if (made.version !== baseVersion + 1) throw new Difference(`the register has version ${made.version}`);
    this.register = made.register;
  }

  /** A write through a process that may not have heard yet: the commit itself knows. */
  private async write(by: ConsentProcess, person: number, purpose: Purpose, code: FieldCode): Promise<void> {
    const subjectId = this.ids[person]!;
    const isAllowed = this.model.mayBeServed(purpose, code, person);
    await by.gate.load(this.tenantId, [subjectId]);
    const step = by.gate.step({ purpose, subjectId, fields: [code] });
    const result = await accepted(this.submit(by, purpose, subjectId, [step]));
    const isTaken = typeof result !== 'string';
    if (isTaken && !isAllowed) throw new Difference(`${code} of ${person} was written for ${purpose} without a ground`);
    if (!isTaken && isAllowed && this.isSettled) {
      throw new Difference(`${code} of ${person} was not written for ${purpose}: ${result}`);
    }
  }

  private async submit(
    { committer }: ConsentProcess,
    purpose: Purpose,
    subjectId: string,
    steps: Parameters<ConsentProcess['committer']['submit']>[0]['steps'],
  ): Promise<true> {
    await committer.submit({
      tenantId: this.tenantId,
      actor: { kind: 'system', id: 'test' },
      purpose,
      correlationId: 'model',
      steps,
      journal: [{ kind: 'test.wrote.v1', subjectId, resource: `subject:${subjectId}`, fields: 'id', commitment: null }],
    });
    return true;
  }
}

/** What a promise gives, or the code of its refusal. Anything but a refusal is thrown on. */
async function accepted<T>(promise: Promise<T>): Promise<T | string> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
}
