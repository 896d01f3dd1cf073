import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signature } from '../sms/acs3-signature.js';

/** A text message that the counterpart took. */
export interface SentSms {
  readonly mobile: string;
  readonly code: string;
  readonly signName: string;
  readonly template: string;
}

/** A provider of text messages on this machine: it checks the signature as the real one does and keeps what was sent. */
export interface SmsCounterpart {
  readonly port: number;
  readonly keyId: string;
  readonly keySecret: string;
  readonly sent: readonly SentSms[];
  /** Why calls were refused, in the provider's words. */
  readonly refused: readonly string[];
  /** What the next calls are answered with; `OK` sends. */
  answerWith(code: string): void;
  close(): Promise<void>;
}

const AUTHORIZATION = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([a-z0-9;-]+),Signature=([0-9a-f]{64})$/;
const NEEDED = ['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-version'];

/** Opens it on a free port, or on the one given. */
export async function openSmsCounterpart(port = 0): Promise<SmsCounterpart> {
  const account = { keyId: 'LTAI-counterpart-1', keySecret: 'dGhpcyBpcyBubyBrZXkgb2Ygb3Vycw' };
  const sent: SentSms[] = [];
  const refused: string[] = [];
  const nonces = new Set<string>();
  let next = 'OK';
  const server = createServer((request, response) => {
    const fault = faultOf(request, account, nonces) ?? (next === 'OK' ? undefined : next);
    if (fault === undefined) sent.push(messageOf(request));
    else refused.push(fault);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ Code: fault ?? 'OK', Message: fault ?? 'OK', RequestId: 'counterpart' }));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    ...account,
    port: (server.address() as AddressInfo).port,
    sent,
    refused,
    answerWith: (code) => {
      next = code;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function faultOf(
  request: IncomingMessage,
  account: { readonly keyId: string; readonly keySecret: string },
  nonces: Set<string>,
): string | undefined {
  const [, keyId, names = '', given] = AUTHORIZATION.exec(String(request.headers.authorization)) ?? [];
  const headers = Object.fromEntries(names.split(';').map((name) => [name, String(request.headers[name])]));
  if (keyId !== account.keyId) return 'InvalidAccessKeyId.NotFound';
  if (NEEDED.some((name) => !(name in headers))) return 'IncompleteSignature';
  const { pathname, searchParams } = urlOf(request);
  const query = Object.fromEntries(searchParams);
  const signed = { method: String(request.method), path: pathname, query, headers, body: '' };
  if (signature(signed, account.keySecret) !== given) return 'SignatureDoesNotMatch';
  if (headers['x-acs-action'] !== 'SendSms' || headers['x-acs-version'] !== '2017-05-25')
    return 'InvalidAction.NotFound';
  const nonce = headers['x-acs-signature-nonce']!;
  if (nonces.has(nonce)) return 'SignatureNonceUsed';
  nonces.add(nonce);
  return undefined;
}

function messageOf(request: IncomingMessage): SentSms {
  const { searchParams } = urlOf(request);
  const { code } = JSON.parse(searchParams.get('TemplateParam') ?? '{}') as { code: string };
  return {
    mobile: searchParams.get('PhoneNumbers') ?? '',
    code,
    signName: searchParams.get('SignName') ?? '',
    template: searchParams.get('TemplateCode') ?? '',
  };
}

function urlOf({ url }: IncomingMessage): URL {
  return new URL(String(url), 'http://counterpart');
}
