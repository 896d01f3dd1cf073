import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress, proxyList } from './client-address.js';

const proxies = proxyList(['10.0.0.7', '10.1.0.0/16', '2001:db8::/64']);

function from(remoteAddress: string, forwarded?: string): string {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return clientAddress({ socket: { remoteAddress }, headers } as unknown as IncomingMessage, proxies);
}

describe('address of a socket', () => {
  it('is the nearest hop that is no proxy of ours', () => {
    expect(from('10.0.0.7', '192.0.2.1')).toBe('192.0.2.1');
    expect(from('::ffff:10.0.0.7', '192.0.2.1')).toBe('192.0.2.1');
    expect(from('10.0.0.7', '198.51.100.9, 192.0.2.1, 10.1.2.3')).toBe('192.0.2.1');
    expect(from('2001:db8::5', '2001:db8:1::1')).toBe('2001:db8:1::1');
  });

  it('believes nobody else', () => {
    expect(from('192.0.2.1', '198.51.100.9')).toBe('192.0.2.1');
    expect(from('10.0.0.7', 'unknown')).toBe('10.0.0.7');
    expect(from('10.0.0.7')).toBe('10.0.0.7');
  });
});
