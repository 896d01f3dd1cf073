import { ManualClock, newId, UserError } from '@libs/kernel';
import { describe, expect, it } from 'vitest';
import { createLogger, type LogFields, logLines, nestLogger } from './index.js';

const MARKER = 'Zhāng 138-0013-8000 secret marker';

function aLog(level = 'debug') {
  const { destination, lines } = logLines();
  const log = createLogger({ log: { level } }, { destination, clock: new ManualClock(), service: 'chat' });
  return { log, lines, text: () => lines.join(''), last: () => JSON.parse(lines.at(-1)!) as Record<string, unknown> };
}

const untyped = (fields: unknown): LogFields => fields as LogFields;

describe('what never appears in the log', () => {
  it.each([
    ['an unknown field', { body: MARKER, phone: MARKER }],
    ['an object under an allowed name', { code: { text: MARKER }, count: [MARKER] }],
    ['free text under the name of an id', { conversationId: MARKER, tenantId: '13800138000' }],
    ['free text under the name of a code', { reason: MARKER, name: MARKER }],
    ['a path with what was asked for', { route: `/search?q=${MARKER}` }],
    ['the message of an error', { err: new Error(MARKER) }],
    ['an error whose message imitates frames', { err: new Error(`x\n    at ${'Zhang'} (Zhang.ts:1:1)\n${MARKER}`) }],
    ['a nested cause', { err: new Error('outer', { cause: new Error(MARKER, { cause: new TypeError(MARKER) }) }) }],
    ['many errors in one', { err: new AggregateError([new Error(MARKER), MARKER], MARKER) }],
    ['an error of ours', { err: new UserError('chat.refused', MARKER, { details: { text: MARKER } }) }],
    ['an error with a speaking name and code', { err: Object.assign(new Error('x'), { name: MARKER, code: MARKER }) }],
    ['an error changed after it was made', { err: Object.assign(new Error(MARKER), { message: 'other' }) }],
    ['extra properties of an error', { err: Object.assign(new Error('x'), { query: MARKER, parameters: [MARKER] }) }],
    ['a thrown text', { err: MARKER }],
    ['a thrown object', { err: { message: MARKER } }],
    ['a text instead of fields', MARKER],
  ])('P-1010 %s', (_, fields) => {
    const { log, text } = aLog();
    log.error('chat.failed', untyped(fields));
    log.child(untyped(typeof fields === 'string' ? {} : fields)).info('chat.next');
    expect(text()).not.toContain('marker');
    expect(text()).not.toContain('Zh');
    expect(text()).not.toContain('138');
  });

  it('P-1010 free text as event', () => {
    const { log, last, text } = aLog();
    log.info(`chat.${MARKER}`);
    expect(last().event).toBe('log.invalid-event');
    expect(text()).not.toContain('marker');
  });

  it('P-1010 what the framework is told', () => {
    const { log, text, lines } = aLog();
    const nest = nestLogger(log);
    nest.error(MARKER, `Error: ${MARKER}\n    at x (y.ts:1:1)`, 'ExceptionsHandler');
    nest.error(new Error(MARKER), MARKER);
    nest.warn({ message: MARKER }, 'Router');
    nest.log(MARKER, 'NestFactory');
    expect(lines).toHaveLength(4);
    expect(text()).not.toContain('marker');
  });
});

describe('what the log says', () => {
  it('keeps ids, numbers, codes and the template of a route', () => {
    const { log, last } = aLog();
    const conversationId = newId();
    log.info('chat.sent', {
      conversationId,
      ms: 4,
      code: 'chat.ok',
      route: '/api/v1/chat/:conversationId',
      eventId: 7,
    });
    expect(last()).toEqual({
      level: 'info',
      time: '2026-01-01T00:00:00.000Z',
      service: 'chat',
      event: 'chat.sent',
      conversationId,
      ms: 4,
      code: 'chat.ok',
      route: '/api/v1/chat/:conversationId',
      eventId: 7,
    });
  });

  it('tells where an error came from, through its causes', () => {
    const { log, last } = aLog();
    log.error('chat.failed', { err: new TypeError('outer', { cause: new UserError('chat.refused', 'inner') }) });
    const err = last().err as { name: string; frames: string[]; cause: { code: string; frames: string[] } };
    expect(err.name).toBe('TypeError');
    expect(err.frames[0]).toContain('log.spec.ts');
    expect(err.cause).toMatchObject({ name: 'UserError', code: 'chat.refused' });
  });

  it('carries the fields of its parent and keeps the level', () => {
    const { log, lines, last } = aLog('warn');
    const requestId = newId();
    log.child({ requestId }).info('chat.quiet');
    expect(lines).toHaveLength(0);
    log.child({ requestId }).warn('chat.loud');
    expect(last()).toMatchObject({ requestId, event: 'chat.loud' });
  });
});
