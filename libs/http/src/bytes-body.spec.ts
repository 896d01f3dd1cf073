import { Body, Controller, Post, Put } from '@nestjs/common';
import { Allow } from 'class-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Access } from './access.js';
import { SentBytes, TakesBytes } from './bytes-body.js';
import { asMember, aToyApp, type ToyApp, toyModule } from './testing/toy-app.js';

class AnythingDto {
  @Allow()
  readonly text?: string;
}

@Controller('api/v1/toy')
@Access.member()
class PictureController {
  @Put('picture')
  @TakesBytes('image/png')
  keep(@SentBytes() bytes: Buffer): { readonly bytes: number } {
    return { bytes: bytes.length };
  }

  @Post('words')
  words(@Body() _body: AnythingDto): object {
    return {};
  }

  @Put('nothing')
  nothing(): object {
    return {};
  }
}

describe('an endpoint that takes bytes', () => {
  let toy: ToyApp;
  beforeAll(async () => {
    toy = await aToyApp({ module: toyModule(PictureController) });
  });
  afterAll(() => toy.close());

  const send = (
    path: string,
    payload: Buffer | string | undefined,
    type: string | undefined = 'image/png',
    more: Readonly<Record<string, string>> = asMember,
  ) =>
    toy.app.inject({
      ...{ method: path === 'words' ? 'POST' : 'PUT', url: `/api/v1/toy/${path}` },
      headers: { ...more, ...(type === '' ? {} : { 'content-type': type }) },
      ...(payload === undefined ? {} : { payload }),
    });
  const said = (answer: Awaited<ReturnType<typeof send>>) => [answer.statusCode, answer.json().code];

  it('F-0104 P-1016 gets them as they are, up to the limit of all bodies', async () => {
    expect((await send('picture', Buffer.from([0, 255, 1]))).json()).toEqual({ bytes: 3 });
    expect((await send('picture', Buffer.alloc(65_536))).json()).toEqual({ bytes: 65_536 });
    expect(said(await send('picture', Buffer.alloc(65_537)))).toEqual([413, 'http.body-too-large']);
  });

  it('F-0104 gets none where none were sent', async () => {
    expect((await send('picture', Buffer.alloc(0))).json()).toEqual({ bytes: 0 });
    expect((await send('picture', undefined, '')).json()).toEqual({ bytes: 0 });
  });

  it.each(['application/json', 'image/jpeg', 'image/svg+xml', 'text/plain', 'multipart/form-data; boundary=x'])(
    'F-0104 P-1016 refuses %s',
    async (type) => {
      expect(said(await send('picture', '{}', type))).toEqual([415, 'http.unsupported-media-type']);
    },
  );

  it.each(['words', 'nothing'])('P-1016 all others refuse bytes: %s', async (path) => {
    expect(said(await send(path, Buffer.from([1, 2, 3])))).toEqual([415, 'http.unsupported-media-type']);
    expect((await send(path, '{}', 'application/json')).statusCode).toBeLessThan(300);
  });

  it.each(['image/png', 'text/plain', 'application/json', 'application/octet-stream'])(
    'P-1016 where there is nothing the answer is 404, also to %s',
    async (type) => {
      expect(said(await send('nowhere', 'no json', type))).toEqual([404, 'http.not-found']);
    },
  );

  it('P-1016 keeps the rules of changes: a session, and a page of ours', async () => {
    const bytes = Buffer.from([1]);
    expect(said(await send('picture', bytes, 'image/png', {}))).toEqual([401, 'http.sign-in-required']);
    const foreign = { ...asMember, origin: 'https://evil.example' };
    expect(said(await send('picture', bytes, 'image/png', foreign))).toEqual([403, 'http.foreign-origin']);
  });
});
