import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { Measures } from './measures.js';
import { mayReadMetrics } from './metrics-access.js';
import { Traffic } from './traffic.js';

const TOKEN = 'operator-0123456789';
const from = (remoteAddress: string, headers: Record<string, string> = {}): FastifyRequest =>
  ({ headers, socket: { remoteAddress } }) as unknown as FastifyRequest;

describe('who may read the counters', () => {
  it('P-1016 a caller on this machine that comes through no proxy', () => {
    for (const address of ['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1']) {
      expect(mayReadMetrics(from(address), undefined)).toBe(true);
      for (const name of ['x-forwarded-for', 'forwarded', 'via']) {
        expect(mayReadMetrics(from(address, { [name]: '127.0.0.1' }), undefined)).toBe(false);
      }
    }
    for (const address of ['192.0.2.7', '10.0.0.1', '2001:db8::1', '::ffff:192.0.2.7', '1127.0.0.1', '']) {
      expect(mayReadMetrics(from(address), undefined)).toBe(false);
      expect(mayReadMetrics(from(address), TOKEN)).toBe(false);
    }
  });

  it('P-1016 anybody with the operator’s token, nobody with another', () => {
    const bears = (authorization: string): FastifyRequest => from('192.0.2.7', { authorization });
    expect(mayReadMetrics(bears(`Bearer ${TOKEN}`), TOKEN)).toBe(true);
    for (const wrong of [`Bearer ${TOKEN}x`, 'Bearer ', `Basic ${TOKEN}`, TOKEN, 'Bearer undefined']) {
      expect(mayReadMetrics(bears(wrong), TOKEN)).toBe(false);
      expect(mayReadMetrics(bears(wrong), undefined)).toBe(false);
    }
  });

  it('P-1002 requests are told apart by method, template of the route and status, and by nothing else', () => {
    const traffic = new Traffic();
    traffic.answeredWith('GET', '/api/v1/chat/conversations/:id', 200);
    traffic.answeredWith('GET', '/api/v1/chat/conversations/:id', 200);
    traffic.answeredWith('POST', undefined, 404);
    const measures = new Measures();
    measures.add(...traffic.measures);
    const text = measures.render();
    expect([...text.matchAll(/\{(.*)\} (\d+)/g)].map(([, labels, value]) => [labels, value])).toEqual([
      ['method="GET",route="/api/v1/chat/conversations/:id",status="200"', '2'],
      ['method="POST",route="none",status="404"', '1'],
    ]);
    expect(text.replaceAll(/^# .*$/gm, '')).not.toMatch(/[0-9a-f]{8}-|\d+\.\d+\.\d+\.\d+|@/);
  });
});
