import { ApiError } from '@libs/api-client';
import { describe, expect, it } from 'vitest';
import { zhCn } from '../words/account/zh-cn.js';
import { emailFault, mobileFault } from './address-faults.js';
import { rulesOf } from './password-rules.js';
import { faultsIn, placesOf } from './refused-fields.js';

const saying = { words: zhCn, sentence: () => 'sentence' };
const refused = (details: Record<string, string>, code = 'account.x') =>
  new ApiError({ status: 422, code, title: '', details });

describe('forms of accounts', () => {
  it('F-0103 a refusal stands at the field that it names, whatever the wire calls it', () => {
    const fields = ['workspaceName', 'email'];
    const names = { 'workspace.name': 'workspaceName' };
    expect(placesOf(refused({ field: 'workspace.name', rule: 'maxLength' }), fields, names, saying)).toEqual({
      workspaceName: zhCn.nameRules.maxLength,
    });
    const renamed = refused({ field: 'name', rule: 'hiddenCharacter' }, 'account.workspace-name-invalid');
    expect(placesOf(renamed, ['name'], {}, saying)).toEqual({ name: zhCn.nameRules.hiddenCharacter });
    expect(placesOf(refused({ field: 'owner.email' }), fields, {}, saying)).toEqual({ email: 'sentence' });
    expect(placesOf(refused({ field: 'elsewhere' }), fields, {}, saying)).toEqual({});
  });

  it('F-0106 a field that a check finds right keeps what the server has against it', () => {
    const refusal = placesOf(refused({}, 'account.code-wrong'), ['mobile', 'code'], {}, saying);
    expect({ ...refusal, ...faultsIn({ mobile: '', code: '' }) }).toEqual({ code: 'sentence' });
    expect({ ...refusal, ...faultsIn({ mobile: 'missing', code: '' }) }).toEqual({
      code: 'sentence',
      mobile: 'missing',
    });
  });

  it('F-0112 a failed proof stands at the present password, a weak one at the new', () => {
    const fields = ['current', 'newPassword'];
    expect(placesOf(refused({}, 'account.proof-failed'), fields, {}, saying)).toEqual({ current: 'sentence' });
    expect(placesOf(refused({}, 'account.password-weak'), fields, {}, saying)).toEqual({ newPassword: 'sentence' });
  });

  it('P-0304 a mobile number is asked for, in the forms that people write', () => {
    for (const text of ['13800138000', '138 0013 8000', '+86 138-0013-8000', '+44 7700 900123']) {
      expect(mobileFault(text, zhCn), text).toBe('');
    }
    expect(mobileFault(' ', zhCn)).toBe(zhCn.mobileMissing);
    for (const text of ['1380013', '+86 12345', 'abc']) expect(mobileFault(text, zhCn), text).toBe(zhCn.mobileInvalid);
  });

  it('F-0103 an address without a domain is none', () => {
    expect(emailFault('lin@shop.example', zhCn)).toBe('');
    expect(emailFault('lin@shop', zhCn)).toBe(zhCn.emailInvalid);
  });

  it('F-0103 rules of a password are told while it is typed', () => {
    expect(rulesOf('Kite-Lantern-48-River', 'lin@shop.example')).toEqual({
      length: true,
      different: true,
      common: true,
    });
    expect(rulesOf('lin-lin-lin-1', 'lin@shop.example').common).toBe(false);
    expect(rulesOf('aaaaaaaaaaaa', '')).toMatchObject({ length: true, different: false });
  });
});
