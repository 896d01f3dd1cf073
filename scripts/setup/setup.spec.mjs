import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertWritable, withSetupLock } from './folder.mjs';
import { explainInstall } from './install.mjs';
import { judgeNode } from './node-version.mjs';
import { assertPortFree, parsePort } from './port.mjs';
import { SetupProblem } from './problem.mjs';

describe('judgeNode', () => {
  it('refuses what is older than 20.19 and says which Node to install', () => {
    for (const old of ['14.21.3', '18.20.0', '20.18.9']) expect(judgeNode(old).problem).toMatch(/Install Node 24/);
  });

  it('notes in one line that production wants 24, and is silent on 24 and newer', () => {
    expect(judgeNode('20.19.0').note).toMatch(/^.*production is supported on Node 24\.$/);
    expect(judgeNode('22.1.0').problem).toBeUndefined();
    expect(judgeNode('24.0.0')).toEqual({});
  });
});

describe('parsePort', () => {
  it('is 3000 without a word and the number otherwise', () => {
    expect([parsePort(undefined), parsePort(' '), parsePort('8080')]).toEqual([3000, 3000, 8080]);
  });

  it('refuses what is no port', () => {
    for (const text of ['0', '65536', '-1', '80a', '1e3', 'http']) expect(() => parsePort(text)).toThrow(SetupProblem);
  });
});

describe('assertPortFree', () => {
  it('names the port in use and another one, and is content once it is free', async () => {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address();
    await expect(assertPortFree(port)).rejects.toThrow(
      new RegExp(`Port ${port} is in use[\\s\\S]*PORT=\\d+ npm start`),
    );
    await new Promise((resolve) => server.close(resolve));
    await assertPortFree(port);
  });
});

describe('explainInstall', () => {
  it('says network, rights or disk in words, and else the last words of npm', () => {
    expect(explainInstall('npm error code ENOTFOUND\nnpm error network')).toMatch(/no network/);
    expect(explainInstall('npm error code EACCES')).toMatch(/cannot be written/);
    expect(explainInstall('npm error code ENOSPC')).toMatch(/disk is full/);
    expect(explainInstall('npm error odd')).toBe('npm install failed:\nnpm error odd');
  });
});

describe('the folder', () => {
  it('that cannot be written is refused with the way out', () => {
    const root = mkdtempSync(join(tmpdir(), 'custodia-folder-'));
    writeFileSync(join(root, '.cache'), 'a file where the folder should be');
    expect(() => assertWritable(root)).toThrow(/cannot be written[\s\S]*chown/);
    rmSync(root, { recursive: true });
  });

  it('is set up by one at a time, and a lock of a dead process is no obstacle', async () => {
    const root = mkdtempSync(join(tmpdir(), 'custodia-folder-'));
    mkdirSync(join(root, '.cache'));
    writeFileSync(join(root, '.cache', 'setup.lock'), '999999999');
    const log = () => {};
    expect(await withSetupLock(root, async () => 'done', { log })).toBe('done');
    writeFileSync(join(root, '.cache', 'setup.lock'), String(process.ppid));
    const waited = withSetupLock(root, async () => 'never', { log, waitMs: 20, pauseMs: 5 });
    await expect(waited).rejects.toThrow(new RegExp(`Process ${process.ppid}`));
    rmSync(root, { recursive: true });
  });
});
