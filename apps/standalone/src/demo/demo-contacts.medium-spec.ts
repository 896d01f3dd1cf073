import { AuthModule, createAuth, MEMBER_NOTICE } from '@libs/auth';
import type { ContactPage } from '@libs/contracts';
import { bootstrapService, type RunningService, SESSION_COOKIE } from '@libs/http';
import { authPorts, platformModule } from '@libs/platform';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CrmModule } from '../../../crm/src/index.js';
import { standaloneMigrations } from '../standalone.js';
import { seedDemo } from './demo.js';
import { DEMO_PEOPLE } from './demo-contacts.js';
import type { Seeded } from './seed.js';

class Root {}

describeColumns('people of the demo on $column', (column) => {
  let world: TestPlatform;
  let service: RunningService;
  let seeded: Seeded;

  beforeAll(async () => {
    world = await openTestPlatform({ column, migrations: standaloneMigrations });
    const { platform } = world;
    seeded = (await seedDemo(platform))!;
    service = await bootstrapService({
      ...{ name: 'crm', config: platform.config, log: platform.log, clock: platform.clock, listen: false },
      module: { module: Root, imports: [platformModule(platform), AuthModule, CrmModule] },
    });
  });
  afterAll(async () => {
    await service?.close();
    await world?.close();
  });

  const listAs = async (role: string): Promise<ContactPage['items']> => {
    const { identifier, password } = seeded.members.find((member) => member.role === role)!;
    const from = { address: '192.0.2.1', correlationId: 'test' };
    const auth = createAuth(authPorts(world.platform));
    const result = await auth.signIn.signIn({ identifier, password, ...from });
    if (result.kind !== 'signed-in') throw new Error(`${role} could not sign in`);
    await auth.notices.confirm(result.session, { version: MEMBER_NOTICE.version, locale: 'en' }, 'test');
    const cookie = `${SESSION_COOKIE}=${result.cookie}`;
    const answer = await service.app.inject({ method: 'GET', url: '/api/v1/crm/contacts', headers: { cookie } });
    return (answer.json() as ContactPage).items;
  };
  const facesOf = (items: ContactPage['items']) => items.flatMap(({ fields }) => Object.values(fields));

  it('P-1004 show every face a value can have', async () => {
    const [owner, officer] = [await listAs('owner'), await listAs('privacy-officer')];
    expect([owner.length, officer.length]).toEqual([DEMO_PEOPLE.length, DEMO_PEOPLE.length]);
    expect(new Set(facesOf(owner).map(({ face }) => face))).toEqual(new Set(['masked', 'withheld', 'empty']));
    expect(facesOf(officer)).toContainEqual({ face: 'masked', value: '林**' });
    const reasons = facesOf(owner).map((value) => (value.face === 'withheld' ? value.reason : ''));
    expect(new Set(reasons)).toEqual(new Set(['', 'no-consent', 'refused', 'withdrawn']));
    expect(await listAs('agent')).toEqual([]);
  });
});
