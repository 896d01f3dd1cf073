import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { randomToken, randomTokenBytes } from '@libs/kernel';
import { newKey } from '@libs/privacy-core';
import { describeColumn } from '@libs/testing';
import { Client } from 'minio';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BlobStore, FolderStore, S3Store, SealedStore } from './index.js';

const { TEST_MINIO_URL } = process.env;

async function bytesOf(stream: Readable | undefined): Promise<Buffer | undefined> {
  if (!stream) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function keysBelow(store: BlobStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

function randomContent(size: number): Buffer {
  const block = randomTokenBytes(4096);
  return Buffer.alloc(size, block);
}

function blobStoreSuite(open: () => Promise<BlobStore>): void {
  let store: BlobStore;

  beforeAll(async () => {
    store = await open();
  });

  beforeEach(() => store.deletePrefix(''));

  it('keeps bytes and streams, and replaces them', async () => {
    await store.put('t1/media/a', Buffer.from('one'));
    expect((await bytesOf(await store.get('t1/media/a')))?.toString()).toBe('one');
    await store.put('t1/media/a', Readable.from([Buffer.from('tw'), Buffer.from('o!')], { objectMode: false }));
    expect((await bytesOf(await store.get('t1/media/a')))?.toString()).toBe('two!');
    expect(await store.size('t1/media/a')).toBe(4);
    const large = randomContent(20_000_000);
    await store.put('t1/media/large', Readable.from([large.subarray(0, 7), large.subarray(7)], { objectMode: false }));
    expect((await bytesOf(await store.get('t1/media/large')))?.equals(large)).toBe(true);
    await store.put('t1/media/empty', Buffer.alloc(0));
    expect(await bytesOf(await store.get('t1/media/empty'))).toEqual(Buffer.alloc(0));
  });

  it('reads ranges and clamps them', async () => {
    await store.put('t1/a', Buffer.from('0123456789'));
    const part = async (start: number, end: number) =>
      (await bytesOf(await store.get('t1/a', { start, end })))?.toString();
    expect(await part(2, 5)).toBe('234');
    expect(await part(8, 99)).toBe('89');
    expect(await part(10, 12)).toBe('');
    expect(await part(99, 100)).toBe('');
    expect(await part(3, 3)).toBe('');
    for (const [start, end] of [
      [-1, 2],
      [5, 2],
      [0.5, 2],
    ] as const) {
      await expect(store.get('t1/a', { start, end })).rejects.toMatchObject({ code: 'storage.range-invalid' });
    }
  });

  it('answers undefined for what is not there and deletes it without complaint', async () => {
    expect(await store.get('t1/none')).toBeUndefined();
    expect(await store.get('t1/none', { start: 0, end: 1 })).toBeUndefined();
    expect(await store.size('t1/none')).toBeUndefined();
    await store.delete('t1/none');
    await store.deletePrefix('t9/');
    expect(await keysBelow(store, 't9/')).toEqual([]);
  });

  it('lists and deletes by whole parts of a key', async () => {
    for (const key of ['t1/a/2', 't1/a/1', 't1/ab', 't10/a/1']) await store.put(key, Buffer.from(key));
    expect(await keysBelow(store, 't1/')).toEqual(['t1/a/1', 't1/a/2', 't1/ab']);
    expect(await keysBelow(store, '')).toHaveLength(4);
    await store.delete('t1/ab');
    await store.deletePrefix('t1/a/');
    expect(await keysBelow(store, '')).toEqual(['t10/a/1']);
    await store.put('t1/a/1', Buffer.from('again'));
    expect(await store.size('t1/a/1')).toBe(5);
  });

  it('refuses keys that are no plain path', async () => {
    const bad = ['', '/a', 'a/', 'a//b', '..', 'a/../b', './a', '.unfinished/x', 'a\\b', 'a\0b', 'A/b', '退款', 'a b'];
    for (const key of [...bad, 'x'.repeat(600), `a/${'x'.repeat(200)}`]) {
      await expect(store.put(key, Buffer.alloc(1))).rejects.toMatchObject({ code: 'storage.key-invalid' });
      await expect(store.get(key)).rejects.toMatchObject({ code: 'storage.key-invalid' });
      await expect(store.delete(key)).rejects.toMatchObject({ code: 'storage.key-invalid' });
    }
    await expect(store.deletePrefix('t1')).rejects.toMatchObject({ code: 'storage.prefix-invalid' });
    await expect(store.deletePrefix('../')).rejects.toMatchObject({ code: 'storage.key-invalid' });
  });

  it('keeps nothing of an upload that breaks off', async () => {
    await store.put('t1/a', Buffer.from('before'));
    const broken = Readable.from(
      (async function* () {
        yield Buffer.alloc(100_000);
        throw new Error('client went away');
      })(),
      { objectMode: false },
    );
    await expect(store.put('t1/a', broken)).rejects.toThrow();
    expect((await bytesOf(await store.get('t1/a')))?.toString()).toBe('before');
    expect(await keysBelow(store, '')).toEqual(['t1/a']);
  });

  describe('sealed', () => {
    const keys = new Map<string, Buffer>();
    const objectKeys = {
      keyOf: async (name: string) => {
        if (!keys.has(name)) keys.set(name, newKey());
        return Buffer.from(keys.get(name)!);
      },
    };

    it('shows the store nothing of the content and opens any range of it', async () => {
      const sealed = new SealedStore(store, objectKeys);
      const content = Buffer.concat([Buffer.from('MARKER'), randomContent(3_000_000), Buffer.from('MARKER')]);
      await sealed.put('t1/s', Readable.from([content.subarray(0, 100), content.subarray(100)], { objectMode: false }));
      expect((await bytesOf(await store.get('t1/s')))?.includes('MARKER')).toBe(false);
      expect(await sealed.size('t1/s')).toBe(content.length);
      expect((await bytesOf(await sealed.get('t1/s')))?.equals(content)).toBe(true);
      for (const [start, end] of [
        [0, 6],
        [65_530, 65_545],
        [1_048_570, 2_200_000],
        [content.length - 6, content.length + 99],
        [content.length, content.length],
      ] as const) {
        const part = await bytesOf(await sealed.get('t1/s', { start, end }));
        expect(part?.equals(content.subarray(start, end))).toBe(true);
      }
      expect(await sealed.get('t1/none')).toBeUndefined();
      await sealed.put('t1/empty', Buffer.alloc(0));
      expect(await bytesOf(await sealed.get('t1/empty'))).toEqual(Buffer.alloc(0));
    });

    it('opens nothing that was cut, changed or moved', async () => {
      const sealed = new SealedStore(store, objectKeys);
      await sealed.put('t1/s', randomContent(200_000));
      const bytes = (await bytesOf(await store.get('t1/s')))!;
      const cut = bytes.subarray(0, 17 + 65_536 + 29);
      const changed = Buffer.from(bytes);
      changed[100_000]! ^= 1;
      for (const wrong of [cut, changed, Buffer.alloc(0)]) {
        await store.put('t1/s', wrong);
        await expect((async () => bytesOf(await sealed.get('t1/s')))()).rejects.toThrow();
      }
      await objectKeys.keyOf('t1/other');
      keys.set('t1/other', keys.get('t1/s')!);
      await store.put('t1/other', bytes);
      await expect((async () => bytesOf(await sealed.get('t1/other')))()).rejects.toThrow();
    });
  });
}

describe('blobs in a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'storage-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  blobStoreSuite(() => FolderStore.open(folder));

  it('only the owner may read, and unfinished files go at the next start', async () => {
    const own = mkdtempSync(join(tmpdir(), 'storage-'));
    const first = await FolderStore.open(join(own, 'data'));
    await first.put('t1/a', Buffer.from('x'));
    writeFileSync(join(own, 'data', '.unfinished', 'left'), 'half');
    const mode = (path: string) => (statSync(join(own, 'data', path)).mode & 0o777).toString(8);
    expect([mode('.'), mode('t1'), mode('t1/a')]).toEqual(['700', '700', '600']);
    const second = await FolderStore.open(join(own, 'data'));
    expect(readdirSync(join(own, 'data', '.unfinished'))).toEqual([]);
    expect(await keysBelow(second, '')).toEqual(['t1/a']);
    rmSync(own, { recursive: true });
  });
});

describeColumn('mariadb', 'blobs in MinIO', () => {
  const url = new URL(TEST_MINIO_URL || 'http://none:none@127.0.0.1:1');
  const connection = { endPoint: url.hostname, port: Number(url.port), useSSL: false };
  const credentials = { accessKey: url.username, secretKey: url.password };
  const newBucket = () =>
    `storage-${randomToken(6)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, 'x')}`;
  const openBucket = (bucket: string) =>
    S3Store.open({ endpoint: url.hostname, port: Number(url.port), tls: false, bucket, ...credentials });

  blobStoreSuite(() => openBucket(newBucket()));

  it('deletes all versions of an object', async () => {
    const bucket = newBucket();
    const store = await openBucket(bucket);
    const client = new Client({ ...connection, ...credentials });
    await client.setBucketVersioning(bucket, { Status: 'Enabled' });
    for (const text of ['one', 'two']) await store.put('t1/a', Buffer.from(text));
    await store.put('t1/b', Buffer.from('x'));
    await client.removeObject(bucket, 't1/b');
    await store.delete('t1/a');
    await store.deletePrefix('t1/');
    const left: unknown[] = [];
    for await (const item of client.listObjects(bucket, '', true, { IncludeVersion: true })) left.push(item);
    expect(left).toEqual([]);
  });

  it('says that the store is away with one code', async () => {
    const wrong = { endpoint: url.hostname, port: Number(url.port), tls: false, bucket: newBucket() };
    await expect(
      S3Store.open({ ...wrong, accessKey: url.username, secretKey: 'not-the-secret' }),
    ).rejects.toMatchObject({
      code: 'storage.unavailable',
      status: 503,
    });
  });
});
