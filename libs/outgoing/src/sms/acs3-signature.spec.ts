import { expect, it } from 'vitest';
import { authorization, canonicalQuery, contentHash } from './acs3-signature.js';

it('signs the example of the public documentation of signature method V3', () => {
  const request = {
    method: 'POST',
    path: '/',
    query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
    headers: {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'RunInstances',
      'x-acs-version': '2014-05-26',
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-content-sha256': contentHash(''),
    },
    body: '',
  };
  expect(authorization(request, 'YourAccessKeyId', 'YourAccessKeySecret')).toBe(
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,' +
      'SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,' +
      'Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  );
});

it('writes a query as RFC 3986 has it', () => {
  expect(canonicalQuery({ b: "it's (a) *", a: '+86 ~' })).toBe('a=%2B86%20~&b=it%27s%20%28a%29%20%2A');
});
