import { describe, expect, it } from 'vitest';
import type { Purpose } from '../declaration/facets.js';
import type { Activity, Register } from '../register/activity.js';
import { DEFAULT_REGISTER } from '../register/default-register.js';
import { FIELDS, type FieldCode } from '../register/fields.js';
import { forSeeds, type Seeded, someHistory, someRegister, USUAL_SCOPES } from '../testing/seeded.js';
import { basicConsents, groundFor, type PersonConsents } from './ground.js';
import { type Decided, NO_DECISIONS, stateOf } from './history.js';
import { type ConsentScope, fieldScope, guardianScope } from './scope.js';

const CRM = 'customer-relations';
const BASIC = 'purpose/support-conversation';
const MOBILE = 'field/customer-relations/contact.mobile';

const said = (decision: Decided['decision'], ...scopes: ConsentScope[]): Decided[] =>
  scopes.map((scope, index) => ({ scope, decision, version: decision === 'grant' ? 1 : 0, at: index }));
const later = (...decided: Decided[]) => decided.map((one) => ({ ...one, at: one.at + 100 }));
const person = (...history: Decided[]): PersonConsents => ({ own: stateOf(history), linked: [], guarded: false });
const crm = (field: FieldCode, who: PersonConsents, register: Register = DEFAULT_REGISTER) =>
  groundFor(register, CRM, field, who);

function withActivity(purpose: Purpose, change: Partial<Activity>): Register {
  const activities = DEFAULT_REGISTER.activities.map((one) => (one.purpose === purpose ? { ...one, ...change } : one));
  return { ...DEFAULT_REGISTER, activities };
}

function somebody(seeded: Seeded): PersonConsents {
  const linked = seeded.oneIn(3) ? [stateOf(someHistory(seeded))] : [];
  return { own: stateOf(someHistory(seeded)), linked, guarded: seeded.oneIn(5) };
}

/** All pairs of purpose and field that are open to a person. */
function openPairs(register: Register, who: PersonConsents): Set<string> {
  const open = register.activities.flatMap(({ purpose }) =>
    FIELDS.filter(({ code }) => groundFor(register, purpose, code, who).allowed).map(
      ({ code }) => `${purpose} ${code}`,
    ),
  );
  return new Set(open);
}

const opened = (before: Set<string>, after: Set<string>) => [...after].filter((pair) => !before.has(pair));

describe('the ground of a value', () => {
  it('P-0112 without a word of the person only what rests on another ground is open', () => {
    const purposes = [...openPairs(DEFAULT_REGISTER, person())].map((pair) => pair.split(' ')[0]);
    expect(new Set(purposes)).toEqual(new Set(['subject-request']));
  });

  it('P-0103 a function that does not name the field, is off or is unknown has no ground, whatever was agreed', () => {
    const everything = person(...said('grant', ...USUAL_SCOPES));
    const closed = { allowed: false, reason: 'purpose', scope: null };
    expect(groundFor(DEFAULT_REGISTER, 'marketing', 'contact.name', everything)).toEqual(closed);
    expect(groundFor(DEFAULT_REGISTER, 'security', 'contact.name', everything)).toEqual(closed);
    expect(groundFor(DEFAULT_REGISTER, 'support-conversation', 'contact.mobile', everything)).toEqual(closed);
    expect(groundFor(DEFAULT_REGISTER, 'constructor' as Purpose, 'contact.name', everything)).toEqual(closed);
    expect(groundFor(DEFAULT_REGISTER, CRM, '__proto__' as FieldCode, everything)).toEqual(closed);
  });

  it('C-35 who has left stays closed whatever the register says since; a legal duty is none of it', () => {
    const gone = { ...person(...said('grant', ...USUAL_SCOPES)), left: true };
    const closed = { allowed: false, reason: 'withdrawn', scope: null };
    for (const change of [{ kind: 'extended' }, { basis: 'L-CONTRACT' }, { enabled: false }] as const) {
      expect(crm('contact.name', gone, withActivity('support-conversation', change))).toEqual(closed);
    }
    expect(crm('contact.name', gone, withActivity(CRM, { basis: 'L-CONTRACT' }))).toEqual(closed);
    expect(groundFor(DEFAULT_REGISTER, 'subject-request', 'contact.name', gone)).toMatchObject({ allowed: true });
  });

  it('P-0112 each field of the contact opens with its own consent and with nothing else', () => {
    const activity = DEFAULT_REGISTER.activities.find(({ purpose }) => purpose === CRM)!;
    for (const entry of activity.fields) {
      const needed = fieldScope(activity, entry);
      expect(crm(entry.field, person(...said('grant', needed)))).toEqual({ allowed: true, basis: 'L-CONSENT' });
      const others = USUAL_SCOPES.filter((scope) => scope !== needed);
      const without = crm(entry.field, person(...said('grant', ...others)));
      expect(without).toEqual({ allowed: false, reason: 'no-consent', scope: needed });
    }
  });

  it('P-0402 general consent does not open a sensitive field, and refusing that costs only it', () => {
    const general = said('grant', BASIC, 'purpose/customer-relations', MOBILE);
    expect(crm('contact.address', person(...general)).allowed).toBe(false);
    const refused = person(...general, ...said('refuse', 'sensitive/customer-relations/contact.address'));
    expect(crm('contact.address', refused)).toMatchObject({ allowed: false, reason: 'refused' });
    expect(crm('contact.mobile', refused).allowed).toBe(true);
    expect(groundFor(DEFAULT_REGISTER, 'support-conversation', 'chat.message', refused).allowed).toBe(true);
  });

  it('P-0104 C-31 C-42 refusing every extended function costs none of the conversation', () => {
    const extended = USUAL_SCOPES.filter((scope) => !scope.includes('/support-conversation'));
    const who = person(...said('grant', BASIC), ...said('refuse', ...extended));
    for (const field of ['chat.message', 'chat.note', 'contact.name'] as const) {
      expect(groundFor(DEFAULT_REGISTER, 'support-conversation', field, who).allowed).toBe(true);
    }
  });

  it('F-0313 refusing voice stops voice alone', () => {
    const media = USUAL_SCOPES.filter((scope) => scope.startsWith('sensitive/') && scope.includes('/media.'));
    const who = person(
      ...said('grant', BASIC, ...media),
      ...later(...said('refuse', 'sensitive/voice-message/media.voice')),
    );
    expect(groundFor(DEFAULT_REGISTER, 'voice-message', 'media.voice', who).allowed).toBe(false);
    expect(groundFor(DEFAULT_REGISTER, 'picture-message', 'media.picture', who).allowed).toBe(true);
  });

  it('P-0109 P-0110 C-35 withdrawing the basic consent closes all that rests on consent and nothing else', () => {
    const who = person(...said('grant', ...USUAL_SCOPES), ...later(...said('withdraw', BASIC)));
    const purposes = new Set([...openPairs(DEFAULT_REGISTER, who)].map((pair) => pair.split(' ')[0]));
    expect(purposes).toEqual(new Set(['subject-request']));
    expect(crm('contact.mobile', who)).toEqual({ allowed: false, reason: 'withdrawn', scope: BASIC });
  });

  it('P-0109 C-35 switching a basic function off undoes no withdrawal of it', () => {
    const off = withActivity('support-conversation', { enabled: false });
    const who = person(...said('grant', MOBILE), ...later(...said('withdraw', BASIC)));
    expect(crm('contact.mobile', who, off)).toMatchObject({ allowed: false, reason: 'withdrawn' });
    expect(basicConsents(off)).toEqual([BASIC]);
    expect(basicConsents(DEFAULT_REGISTER)).toEqual([BASIC]);
  });

  it('P-0103 an older agreement stops counting when the version rises, a guardian’s too', () => {
    const raised = withActivity(CRM, { consentVersion: 2 });
    const guard = guardianScope(CRM);
    const agreed = said('grant', MOBILE, guard);
    expect(crm('contact.mobile', person(...agreed), raised)).toMatchObject({ allowed: false, reason: 'superseded' });
    const child = { ...person(...agreed, { scope: MOBILE, decision: 'grant', version: 2, at: 200 }), guarded: true };
    expect(crm('contact.mobile', child, raised)).toEqual({ allowed: false, reason: 'guardian', scope: guard });
    const both = {
      ...person(
        { scope: MOBILE, decision: 'grant', version: 2, at: 9 },
        { scope: guard, decision: 'grant', version: 2, at: 9 },
      ),
      guarded: true,
    };
    expect(crm('contact.mobile', both, raised).allowed).toBe(true);
  });

  it('P-0903 a guardian decides beside the child: without or against the guardian nothing opens', () => {
    const child = (...history: Decided[]) => ({ ...person(...said('grant', MOBILE), ...history), guarded: true });
    expect(crm('contact.mobile', child())).toMatchObject({ reason: 'guardian' });
    expect(crm('contact.mobile', child(...said('refuse', guardianScope(CRM))))).toMatchObject({ reason: 'refused' });
    expect(crm('contact.mobile', child(...said('grant', guardianScope(CRM)))).allowed).toBe(true);
  });

  it('P-0111 another ground asks nobody, and says which it is', () => {
    const who = person(...said('refuse', ...USUAL_SCOPES));
    const ground = groundFor(DEFAULT_REGISTER, 'subject-request', 'contact.address', who);
    expect(ground).toEqual({ allowed: true, basis: 'L-LEGALDUTY' });
  });
});

describe('whatever happens', () => {
  it('P-0104 a linked subject never opens anything: the stricter reading holds', () => {
    forSeeds(300, (seeded) => {
      const [register, who] = [someRegister(seeded), somebody(seeded)];
      const more = { ...who, linked: [...who.linked, stateOf(someHistory(seeded))] };
      expect(opened(openPairs(register, who), openPairs(register, more))).toEqual([]);
      const asked = { own: NO_DECISIONS, linked: [who.own, ...who.linked], guarded: false };
      expect(opened(openPairs(register, person()), openPairs(register, asked))).toEqual([]);
    });
  });

  it('P-0109 a refusal or withdrawal never opens anything', () => {
    forSeeds(300, (seeded) => {
      const register = someRegister(seeded);
      const history = someHistory(seeded);
      const linked = seeded.oneIn(3) ? [stateOf(someHistory(seeded))] : [];
      const scope = seeded.pick(USUAL_SCOPES);
      const no: Decided = { scope, decision: seeded.pick(['refuse', 'withdraw'] as const), version: 0, at: 1000 };
      const before = { own: stateOf(history), linked, guarded: false };
      const after = { ...before, own: stateOf([...history, no]) };
      expect(opened(openPairs(register, before), openPairs(register, after))).toEqual([]);
      const throughLink = { ...before, linked: [...linked, stateOf([no])] };
      expect(opened(openPairs(register, before), openPairs(register, throughLink))).toEqual([]);
    });
  });

  it('P-0103 a higher version, a function switched off and a guardian never open anything', () => {
    forSeeds(300, (seeded) => {
      const [register, who] = [someRegister(seeded), somebody(seeded)];
      const before = openPairs(register, who);
      const raise = (one: Activity) => ({ ...one, consentVersion: one.consentVersion + seeded.below(3) });
      const raised = { ...register, activities: register.activities.map(raise) };
      expect(opened(before, openPairs(raised, who))).toEqual([]);
      const off = register.activities.map((one) => (seeded.oneIn(3) ? { ...one, enabled: false } : one));
      expect(opened(before, openPairs({ ...register, activities: off }, who))).toEqual([]);
      expect(opened(before, openPairs(register, { ...who, guarded: true }))).toEqual([]);
    });
  });

  it('P-0112 what is withheld names a consent that would change it, unless it is the purpose', () => {
    forSeeds(200, (seeded) => {
      const [register, who] = [someRegister(seeded), somebody(seeded)];
      for (const { purpose } of register.activities) {
        for (const { code } of FIELDS) {
          const ground = groundFor(register, purpose, code, who);
          if (!ground.allowed) expect(ground.scope === null).toBe(ground.reason === 'purpose');
        }
      }
    });
  });
});
