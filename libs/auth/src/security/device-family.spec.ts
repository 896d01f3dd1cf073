import { describe, expect, it } from 'vitest';
import { deviceFamily, deviceKey } from './device-family.js';
import { maskedNetwork } from './masked-network.js';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('devices and networks in words', () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`, 'Chrome on Windows'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0`, 'Edge on Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox on Linux'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605 Version/18.0 Safari/605', 'Safari on macOS'],
    [`Mozilla/5.0 (Linux; Android 14) ${WEBKIT} Chrome/130 Mobile MicroMessenger/8.0`, 'WeChat on Android'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605 Version/18.0 Mobile Safari/604', 'Safari on iOS'],
    ['curl/8.5.0', null],
    ['', null],
    [undefined, null],
    ['\u0000\u202e<script>', null],
  ])('F-0108 reads %s', (userAgent, words) => {
    expect(deviceFamily(userAgent)).toBe(words);
  });

  it('F-0108 what comes after 512 characters is never looked at, and what nobody can read is one device', () => {
    const firefox = 'Firefox/143.0';
    expect(deviceFamily(`${'x'.repeat(512 - firefox.length)}${firefox}`)).toBe('Firefox');
    expect(deviceFamily(`${'x'.repeat(512)}${firefox} (Windows NT 10.0)`)).toBeNull();
    expect(deviceFamily('Version/1'.repeat(120_000))).toBeNull();
    expect(deviceKey('x')).toBe(deviceKey(undefined));
  });

  it.each([
    ['203.0.113.77', '203.0.113.*'],
    ['::ffff:203.0.113.77', '203.0.113.*'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:*'],
    ['2001:db8::1', '2001:db8:0:0:*'],
    ['', null],
    ['not an address', null],
  ])('F-1406 shows the neighbourhood of %s only', (address, masked) => {
    expect(maskedNetwork(address)).toBe(masked);
  });
});
