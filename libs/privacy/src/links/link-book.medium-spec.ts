import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConsentWorld, openConsentWorld } from '../testing/consent-world.js';

const SCOPE = 'purpose/customer-relations';
const CHANGED = 'consent' as const;

describeColumns('links taken apart on $column', (column) => {
  let world: ConsentWorld;
  beforeAll(async () => {
    world = await openConsentWorld(column);
  });
  afterAll(() => world?.close());

  const allowed = async (at: 'here' | 'elsewhere', subjectId: string): Promise<boolean> => {
    const found = await world[at].gate.grounds(world.tenantId, 'customer-relations', subjectId, ['contact.name']);
    return found.get('contact.name')!.allowed;
  };
  const linked = async (): Promise<readonly [string, string]> => {
    const [one, other] = [await world.person(), await world.person()];
    await world.decide(one, SCOPE);
    await world.decide(other, SCOPE);
    await world.link(one, other);
    return [one, other];
  };
  const linksOf = (subjectId: string) => world.here.links.of(world.tenantId, subjectId);

  it('P-0110 from then on each is read alone, here at once and elsewhere by the feed', async () => {
    const [one, other] = await linked();
    await world.decide(one, SCOPE, { decision: 'withdraw' });
    await world.feed.poll();
    expect([await allowed('here', other), await allowed('elsewhere', other)]).toEqual([false, false]);
    const [link] = await linksOf(other);
    expect(link).toMatchObject({ subjectId: one, otherId: other, reason: 'same-person' });
    const heard: string[] = [];
    world.feed.onRow(({ kind, ref, again }) => {
      if (kind === CHANGED && !again) heard.push(ref);
    });
    await world.here.links.undo(world.who, link!.id, 'shared-device');
    expect(await allowed('here', other)).toBe(true);
    await world.feed.poll();
    expect(heard.sort()).toEqual([one, other].sort());
    expect(await allowed('elsewhere', other)).toBe(true);
    // What one of them decided stays theirs.
    expect([await allowed('here', one), await allowed('elsewhere', one)]).toEqual([false, false]);
    expect(await linksOf(one)).toEqual([]);
  });

  it('P-1010 who did it and why is on record, once, and nothing was deleted', async () => {
    const [one, other] = await linked();
    const [link] = await linksOf(one);
    const undo = () => world.here.links.undo(world.who, link!.id, 'wrong-statement').then(codeOf, codeOf);
    expect((await Promise.all([undo(), undo()])).sort()).toEqual(['privacy.link-undone', undefined].sort());
    expect(await undo()).toBe('privacy.link-undone');
    const where = `kind = 'privacy.link-undone.v1' AND resource = 'subject-link:${link!.id}'`;
    expect(await world.count('event_journal', `${where} AND actor LIKE '%${world.who.memberId}'`)).toBe(1);
    expect(await world.count('privacy_subject_link', `id = '${link!.id}' AND undone_at IS NOT NULL`)).toBe(1);
    expect(await world.here.consents.withLinked(world.tenantId, other)).toEqual([other]);
  });

  it('P-0110 of three who are linked the third stays with whom it was linked itself', async () => {
    const [one, other] = await linked();
    const third = await world.person();
    await world.link(third, one);
    const links = await linksOf(third);
    expect(links).toHaveLength(2);
    const between = links.find(({ otherId }) => otherId === other)!;
    await world.here.links.undo(world.who, between.id, 'other');
    expect(await world.here.consents.withLinked(world.tenantId, third)).toEqual([one, third].sort());
    expect(await linksOf(other)).toEqual([]);
    expect(await linksOf(one)).toHaveLength(1);
  });

  it('P-0211 a link of nobody, or of another tenant, is not found', async () => {
    const [one] = await linked();
    const [link] = await linksOf(one);
    const foreign = { ...world.who, tenantId: world.otherTenant };
    expect(await world.here.links.undo(foreign, link!.id, 'other').then(codeOf, codeOf)).toBe('privacy.link-not-found');
    expect(await world.here.links.undo(world.who, newId(), 'other').then(codeOf, codeOf)).toBe(
      'privacy.link-not-found',
    );
    expect(await linksOf(one)).toHaveLength(1);
  });
});

function codeOf(outcome: unknown): string | undefined {
  return (outcome as { readonly code?: string } | undefined)?.code;
}
