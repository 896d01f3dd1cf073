import { describe, expect, it } from 'vitest';
import { fillVariables, openVariables, unknownVariables } from './canned-variables.js';

describe('variables of canned responses', () => {
  it('F-0304 what is known is filled in, what is not stays and is named with its place', () => {
    const text = '您好{{contact.name}}，我是 {{ agent.name }}（{{workspace.name}}）';
    const filled = fillVariables(text, { 'agent.name': '周宁', 'workspace.name': '晴川商店' });
    expect(filled).toBe('您好{{contact.name}}，我是 周宁（晴川商店）');
    expect(openVariables(filled)).toEqual([{ name: 'contact.name', start: 2, end: 18 }]);
    expect(openVariables('no variables, {but} {{ }} {{nothing.known}}')).toEqual([]);
  });

  it('F-0304 a value that looks like a variable or a replacement pattern is a value', () => {
    const values = { 'contact.name': '{{agent.name}} $& $1', 'agent.name': 'Zhou' };
    expect(fillVariables('{{contact.name}}', values)).toBe('{{agent.name}} $& $1');
    expect(fillVariables('{{contact.name}}', { 'contact.name': '' })).toBe('');
  });

  it('F-0304 a word that is no variable is told, each once', () => {
    expect(unknownVariables('{{contact.mobile}} {{x}} {{x}} {{agent.name}}')).toEqual(['contact.mobile', 'x']);
    expect(unknownVariables('{{constructor}} {{toString}}')).toEqual(['constructor', 'toString']);
  });

  it('F-0304 long and odd texts are looked through in time that grows with them', () => {
    const text = `${'{{ '.repeat(20_000)}${'{{a'.repeat(20_000)}`;
    expect(openVariables(text)).toEqual([]);
  });
});
