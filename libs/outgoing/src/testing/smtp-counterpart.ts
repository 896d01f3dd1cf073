import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A letter as the server got it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers in lower case, folded lines joined. */
  readonly headers: ReadonlyMap<string, string>;
  /** As it came, headers included. */
  readonly raw: string;
  /** The text, decoded. */
  readonly text: string;
}

/** A mail server on this machine that keeps what it gets. */
export interface SmtpCounterpart {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** Refuses the next recipients, or takes them again. */
  refuse(on: boolean): void;
  close(): Promise<void>;
}

/** Opens it on a free port, or on the one given. Without TLS: it is this machine. */
export async function openSmtpCounterpart(port = 0): Promise<SmtpCounterpart> {
  const received: ReceivedMail[] = [];
  const open = new Set<Socket>();
  const mood = { refuses: false };
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => open.delete(socket));
    converse(socket, mood, (mail) => received.push(mail));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    refuse: (on) => {
      mood.refuses = on;
    },
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function converse(socket: Socket, mood: { readonly refuses: boolean }, keep: (mail: ReceivedMail) => void): void {
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  let envelope: { from: string; to: string[] } = { from: '', to: [] };
  let letter: string[] | undefined;
  say('220 counterpart ESMTP');
  createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
    if (letter) {
      if (line !== '.') return void letter.push(line.replace(/^\.\./, '.'));
      keep(mailOf(envelope, letter.join('\r\n')));
      [letter, envelope] = [undefined, { from: '', to: [] }];
      return say('250 kept');
    }
    const [verb = ''] = line.toUpperCase().split(/[ :]/);
    if (verb === 'EHLO' || verb === 'HELO') say('250-counterpart\r\n250-8BITMIME\r\n250 SMTPUTF8');
    else if (verb === 'MAIL') {
      envelope.from = addressOf(line);
      say('250 ok');
    } else if (verb === 'RCPT') {
      if (!mood.refuses) envelope.to.push(addressOf(line));
      say(mood.refuses ? '550 no such mailbox' : '250 ok');
    } else if (verb === 'DATA') {
      letter = [];
      say('354 go on');
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else say('250 ok');
  });
}

function addressOf(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}

function mailOf(envelope: { readonly from: string; readonly to: readonly string[] }, raw: string): ReceivedMail {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
  const headers = new Map(
    head
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  return {
    ...envelope,
    headers,
    raw,
    text: decode(raw.slice(end + 4), headers.get('content-transfer-encoding') ?? ''),
  };
}

function decode(body: string, encoding: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/quoted-printable/i.test(encoding)) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
