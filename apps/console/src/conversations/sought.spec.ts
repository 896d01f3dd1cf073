import { afterEach, describe, expect, it } from 'vitest';
import { forgetSession } from '../session/memory.js';
import { canBeSomebody, endSearch, handleIn, leaveSearch, sought, soughtAt } from './sought.js';

describe('what is looked for in the list of conversations', () => {
  afterEach(endSearch);

  it('F-0301 holds at its place, and whoever goes to another list looks for nothing there', () => {
    sought.set({ place: 'mine', text: '小明' });
    expect([soughtAt('mine', sought.get()), soughtAt('all', sought.get())]).toEqual(['小明', '']);
    leaveSearch('mine');
    expect(soughtAt('mine', sought.get())).toBe('小明');
    leaveSearch('all');
    expect([soughtAt('mine', sought.get()), soughtAt('all', sought.get())]).toEqual(['', '']);
  });

  it('P-1002 is forgotten with the session', () => {
    sought.set({ place: 'all', text: '13800138000' });
    forgetSession();
    expect(sought.get().text).toBe('');
  });

  it('F-0710 one letter or digit is nobody’s, one Chinese character is a surname', () => {
    expect(['', 'a', '7', 'é'].filter(canBeSomebody)).toEqual([]);
    const somebody = ['李', '小明', 'al', '77', '😀', '4F2A', 'a@b.cn'];
    expect(somebody.filter(canBeSomebody)).toEqual(somebody);
  });

  it('F-0301 the code of a visitor is known with and without what stands before it', () => {
    for (const typed of ['4f2a', '#4F2A', '访客4F2A', 'Visitor 4F2A']) {
      expect([typed, handleIn(typed)?.toUpperCase()]).toEqual([typed, '4F2A']);
    }
    for (const typed of ['4f2', '4f2ab', '小明', 'cafés', ''])
      expect([typed, handleIn(typed)]).toEqual([typed, undefined]);
  });
});
