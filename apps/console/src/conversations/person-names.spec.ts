import type { PersonalValue } from '@libs/contracts';
import { describe, expect, it, vi } from 'vitest';
import { NameLoader } from './person-names.js';

const masked = (value: string): PersonalValue => ({ face: 'masked', value });

describe('names of people in a list', () => {
  it('F-0301 are asked for together, each once, and no more than a request may hold', async () => {
    const ask = vi.fn(async (ids: readonly string[]) => new Map(ids.map((id) => [id, masked(`${id}*`)])));
    const names = new NameLoader(ask);
    const ids = Array.from({ length: 130 }, (_, at) => `p${at}`);
    const found = await Promise.all([...ids, 'p0'].map((id) => names.load(id)));
    expect(found[130]).toEqual(masked('p0*'));
    expect(ask.mock.calls.map(([asked]) => asked.length)).toEqual([100, 30]);
    await names.load('p0');
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('P-1006 who is left out has none, and a refusal is everybody’s and not kept', async () => {
    const ask = vi.fn(async () => new Map([['a', masked('林**')]]));
    const names = new NameLoader(ask);
    expect(await Promise.all([names.load('a'), names.load('b')])).toEqual([masked('林**'), null]);
    ask.mockRejectedValueOnce(new Error('no line'));
    await expect(names.load('a')).rejects.toThrow('no line');
    expect(await names.load('a')).toEqual(masked('林**'));
  });
});
