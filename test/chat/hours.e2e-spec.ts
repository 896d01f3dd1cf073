import type { HoursDetail, HoursDraft, HoursList, InboxSettings } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BusinessHours } from '../../apps/chat/src/hours/business-hours.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';

interface Answer<T> {
  readonly status: number;
  readonly body: T & {
    readonly code?: string;
    readonly details?: Record<string, unknown>;
    readonly errors?: readonly { readonly field: string; readonly rule: string }[];
  };
}

const DAY = { periods: [{ from: '09:00', to: '18:00' }] };
const CLOSED = { periods: [] };
const MONDAY_NOON = Date.parse('2026-03-16T12:00:00+08:00');
const draft = (more: Partial<HoursDraft> = {}): HoursDraft => ({
  ...{ name: `hours ${newId()}`, timeZone: 'Asia/Shanghai', week: [DAY, DAY, DAY, DAY, DAY, CLOSED, CLOSED], days: [] },
  ...more,
});

describeColumns('business hours on $column', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({ column });
  });
  afterAll(() => world?.close());

  const call = async <T = HoursDetail>(
    method: string,
    path: string,
    body?: object,
    { tenant = 0, member = 0 } = {},
  ): Promise<Answer<T>> => {
    const { cookie } = world.tenants[tenant as 0 | 1].members[member]!;
    const response = await fetch(`${world.origin}/api/v1/chat/hours${path}`, {
      method,
      headers: { cookie, origin: world.origin, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) } as Answer<T>;
  };
  const list = async (tenant = 0) => (await call<HoursList>('GET', '', undefined, { tenant })).body.items;
  const make = async (more: Partial<HoursDraft> = {}): Promise<HoursDetail> => {
    const made = await call('POST', '', draft(more));
    expect([made.status, made.body.code]).toEqual([201, undefined]);
    return made.body;
  };

  it('F-1401 the first ones are those of the workspace; each inbox may have others; a change counts at once', async () => {
    const hours = world.app.get(BusinessHours, { strict: false });
    const { id: tenantId } = world.tenants[0];
    expect(await hours.isOpen(tenantId, null, MONDAY_NOON)).toBe(true);
    expect(await hours.nextChange(tenantId, null, MONDAY_NOON)).toBeNull();
    const holiday = { date: '2026-03-16', name: '假日', periods: [] };
    const first = await make({ days: [holiday] });
    expect(first).toMatchObject({ isDefault: true, version: 1, days: [holiday] });
    const second = await make({ timeZone: 'Europe/Berlin' });
    expect(second.isDefault).toBe(false);
    expect(await hours.isOpen(tenantId, null, MONDAY_NOON)).toBe(false);
    expect(await hours.isOpen(tenantId, second.id, MONDAY_NOON)).toBe(false);
    expect(await hours.nextChange(tenantId, second.id, MONDAY_NOON)).toBe(Date.parse('2026-03-16T08:00:00Z'));
    const { id, isDefault: _own, version, now: _now, ...kept } = first;
    const edited = await call('PUT', `/${id}`, { ...kept, version, days: [] });
    expect([edited.status, edited.body.version]).toEqual([200, 2]);
    expect(await hours.isOpen(tenantId, null, MONDAY_NOON)).toBe(true);
    const made = await call('POST', `/${second.id}/default`, { version: 1 });
    expect(made.body).toMatchObject({ isDefault: true, version: 2 });
    expect((await list()).filter(({ isDefault }) => isDefault).map(({ id: one }) => one)).toEqual([second.id]);
    const kept2 = await call('DELETE', `/${second.id}`, { version: 2 });
    expect([kept2.status, kept2.body.code]).toEqual([409, 'chat.hours-in-use']);
    expect((await call('DELETE', `/${id}`, { version: 2 })).status).toBe(204);
    expect(await hours.isOpen(tenantId, id, MONDAY_NOON)).toBe(false);
  });

  it('F-1401 P-0301 the public file of an inbox says when the business answers, the same for everybody', async () => {
    const always = { periods: [{ from: '00:00', to: '24:00' }] };
    const never = await make({ week: Array.from({ length: 7 }, () => CLOSED) });
    const open = await make({ week: Array.from({ length: 7 }, () => always) });
    const { inboxId, inboxKey } = world.tenants[0];
    const told = async () => {
      const response = await fetch(`${world.origin}/widget/inboxes/${inboxKey}.json`);
      expect(response.headers.get('set-cookie')).toBeNull();
      return ((await response.json()) as InboxSettings).hours;
    };
    const choose = (hoursId: string, version: number) =>
      call('PUT', `/../inboxes/${inboxId}/routing`, {
        ...{ version, mode: 'manual', teamId: null, overflowTeamId: null, overflowAfterSeconds: 60 },
        ...{ showPlace: false, hoursId, outsideHours: 'hold' },
      });
    expect((await choose(never.id, 0)).status).toBe(200);
    expect(await told()).toEqual({ open: false, changes: [] });
    const used = await call('DELETE', `/${never.id}`, { version: 1 });
    expect([used.status, used.body.code, used.body.details]).toEqual([409, 'chat.hours-in-use', { inboxes: 1 }]);
    expect((await choose(open.id, 1)).status).toBe(200);
    expect(await told()).toEqual({ open: true, changes: [] });
    expect((await choose(newId(), 2)).body.code).toBe('chat.hours-not-found');
  });

  it('C6 of two who change them the second is told; of many who take one name one has it', async () => {
    const { id, isDefault: _own, now: _now, ...kept } = await make();
    const edits = await Promise.all([1, 2, 3].map((at) => call('PUT', `/${id}`, { ...kept, name: `race ${at}` })));
    expect(edits.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const late = edits.find(({ status }) => status === 409)!.body;
    expect([late.code, late.details]).toMatchObject(['chat.hours-changed', { version: 2 }]);
    const made = await Promise.all(['夜班', '夜班', '夜班'].map((name) => call('POST', '', draft({ name }))));
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(made.find(({ status }) => status === 409)!.body.code).toBe('chat.hours-name-taken');
  });

  it('F-0203 those of another tenant are 404 as ones that exist nowhere; agents set none', async () => {
    const { id } = await make();
    for (const [one, who] of [
      [id, { tenant: 1 }],
      [newId(), {}],
    ] as const) {
      for (const answer of [
        await call('PUT', `/${one}`, { ...draft(), version: 1 }, who),
        await call('POST', `/${one}/default`, { version: 1 }, who),
        await call('DELETE', `/${one}`, { version: 1 }, who),
      ]) {
        expect([answer.status, answer.body.code]).toEqual([404, 'chat.hours-not-found']);
      }
    }
    expect((await list(1)).map((one) => one.id)).not.toContain(id);
    const refused = await call('POST', '', draft(), { member: 1 });
    expect([refused.status, refused.body.code]).toEqual([403, 'http.permission-missing']);
  });

  it('F-1401 bad input is named field by field, and nothing is stored', async () => {
    const before = (await list()).length;
    const period = (from: string, to: string) => [{ from, to }];
    const five = Array.from({ length: 5 }, (_, at) => ({ from: `0${at}:00`, to: `0${at}:30` }));
    const cases: readonly (readonly [Partial<HoursDraft>, string, string])[] = [
      [{ name: '' }, 'name', 'isNotEmpty'],
      [{ name: `x${'\u202e'}y` }, 'name', 'hiddenCharacter'],
      [{ timeZone: 'Mars/Olympus' }, 'timeZone', 'timeZone'],
      [{ timeZone: '+08:00' }, 'timeZone', 'timeZone'],
      [{ week: [DAY] }, 'week', 'sevenDays'],
      [{ week: Array.from({ length: 7 }, () => ({ periods: five })) }, 'week[0].periods', 'maxPeriods'],
      [{ days: [{ date: '2026-02-30', name: '', periods: [] }] }, 'days[0].date', 'date'],
      [{ days: [{ date: '2026-02-03', name: '', periods: period('18:00', '09:00') }] }, 'days[0].periods', 'period'],
      [{ days: [{ date: '2026-02-03', name: '', periods: period('9:00', '10:00') }] }, 'days[0].periods', 'period'],
      [{ days: [{ date: '2026-02-03', name: '', periods: period('09:00', '24:30') }] }, 'days[0].periods', 'period'],
      [
        {
          days: [{ date: '2026-02-03', name: '', periods: [...period('09:00', '12:00'), ...period('11:59', '13:00')] }],
        },
        ...(['days[0].periods', 'overlap'] as const),
      ],
      [{ days: [0, 1].map(() => ({ date: '2026-02-03', name: '', periods: [] })) }, 'days[1].date', 'twice'],
    ];
    for (const [more, field, rule] of cases) {
      const refused = await call('POST', '', draft(more));
      expect([refused.status, refused.body.code, refused.body.errors?.[0]]).toEqual([
        ...[422, 'http.invalid-input', { field, rule }],
      ]);
    }
    const many = Array.from({ length: 401 }, () => ({ date: '2026-01-01', name: '', periods: [] }));
    expect((await call('POST', '', draft({ days: many }))).status).toBe(422);
    expect((await list()).length).toBe(before);
  });
});
