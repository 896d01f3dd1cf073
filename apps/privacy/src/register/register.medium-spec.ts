import { DEFAULT_REGISTER, type Register } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeskStage, openDeskStage, type Person } from '../testing/desk-stage.js';

/** The default with one function changed. */
function withMarketing(change: Partial<Register['activities'][number]> & Readonly<Record<string, unknown>>) {
  const activities = DEFAULT_REGISTER.activities.map((one) =>
    one.purpose === 'marketing' ? { ...one, ...change } : one,
  );
  return { ...DEFAULT_REGISTER, activities };
}

describeColumns('the register at the desk on $column', (column) => {
  let stage: DeskStage;

  const put = (who: Person, register: unknown, more: object = {}) =>
    stage.call(who, 'PUT', '/register', { baseVersion: 1, register, note: 'A change', ...more });
  const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

  beforeAll(async () => {
    stage = await openDeskStage(column);
  });
  afterAll(() => stage?.close());

  it('P-0302 it starts with the default of the product: version 1, by nobody', async () => {
    const { status, body } = await stage.call('officer', 'GET', '/register');
    expect([status, body.version, body.changedBy, body.register]).toEqual([200, 1, null, DEFAULT_REGISTER]);
    expect((await stage.call('officer', 'GET', '/register/versions/1')).body).toEqual(body);
    expect(code(await stage.call('officer', 'GET', '/register/versions/9'))).toEqual([
      ...[404, 'privacy.register-version-not-found'],
    ]);
    for (const bad of ['0', '-1', 'x', '1.5']) {
      expect((await stage.call('officer', 'GET', `/register/versions/${bad}`)).status).toBe(422);
    }
  });

  it('P-1006 only who may read sees it, only who may manage changes it', async () => {
    for (const who of ['agent', 'supervisor'] as const) {
      expect(code(await stage.call(who, 'GET', '/register'))).toEqual([403, 'http.permission-missing']);
      expect(code(await put(who, DEFAULT_REGISTER))).toEqual([403, 'http.permission-missing']);
    }
    expect((await stage.call(null, 'GET', '/register')).status).toBe(401);
  });

  it.each([
    ['a basis outside the list', withMarketing({ basis: 'L-BECAUSE' as never })],
    ['a basis that is off', withMarketing({ basis: 'L-NEWS' })],
    ['an unknown purpose', withMarketing({ purpose: 'profiling' as never })],
    ['an unknown field', withMarketing({ fields: [{ field: 'contact.shoe-size' as never, consent: 'own' }] })],
    ['sensitive without separate consent', withMarketing({ fields: [{ field: 'contact.address', consent: 'own' }] })],
    ['an extra property', withMarketing({ secret: true })],
    ['an extra property at the top', { ...DEFAULT_REGISTER, platform: 'all' }],
    ['a function left out', { ...DEFAULT_REGISTER, activities: DEFAULT_REGISTER.activities.slice(1) }],
    ['no register at all', { activities: [] }],
    ['a text', 'register'],
    ['a list', []],
  ])('P-0111 P-0302 %s is refused with 422 and nothing is stored', async (_, register) => {
    expect((await put('officer', register)).status).toBe(422);
    const { body } = await stage.call('officer', 'GET', '/register/versions');
    expect(body.items).toHaveLength(1);
  });

  it.each([
    [{ note: undefined }],
    [{ note: 'x'.repeat(501) }],
    [{ baseVersion: '1' }],
    [{ baseVersion: 0 }],
    [{ approvalId: 'x' }],
    [{ purpose: 'security' }],
  ])('P-1016 a malformed change is refused: %j', async (more) => {
    expect((await put('officer', DEFAULT_REGISTER, more)).status).toBe(422);
  });

  it('P-0202 a preview says what a change would do and stores nothing', async () => {
    const register = withMarketing({ enabled: true, basis: 'L-BECAUSE' as never });
    const { status, body } = await stage.call('officer', 'POST', '/register/preview', { register });
    expect(status).toBe(200);
    expect(body.problems).toContainEqual({ fault: 'unknown-basis', at: 'marketing' });
    const less = await stage.call('officer', 'POST', '/register/preview', {
      register: withMarketing({ retainMonths: 6 }),
    });
    expect(less.body).toEqual({ freshConsent: [], loosened: [], problems: [] });
    const versions = await stage.call('officer', 'GET', '/register/versions');
    expect(versions.body.items).toHaveLength(1);
  });

  it('P-0202 a change is a version with who and why, and of two who edited the same one the second is told', async () => {
    const changed = await put('officer', withMarketing({ retainMonths: 6 }), { note: 'Keep less' });
    expect([changed.status, changed.body.version, changed.body.changedBy]).toEqual([200, 2, 'officer']);
    expect(code(await put('second', withMarketing({ retainMonths: 3 })))).toEqual([409, 'privacy.register-changed']);
    const { items } = (await stage.call('second', 'GET', '/register/versions')).body;
    expect(items).toMatchObject([
      { version: 2, changedBy: 'officer', note: 'Keep less' },
      { version: 1, changedBy: null },
    ]);
    expect((await stage.call('officer', 'GET', '/register/versions/1')).body.register).toEqual(DEFAULT_REGISTER);
    expect((await stage.call('stranger', 'GET', '/register')).body.version).toBe(1);
  });
});
