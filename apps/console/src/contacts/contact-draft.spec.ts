import { ApiError } from '@libs/api-client';
import type { ContactDetail, PersonalValue } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import {
  changedSince,
  editOf,
  isChanged,
  outcomeOf,
  refusedIn,
  seenAs,
  startDraft,
  stillToAsk,
  takesInput,
} from './contact-draft.js';

const masked: PersonalValue = { face: 'masked', value: '138****1234' };
const plain: PersonalValue = { face: 'plain', value: '林晓雯' };
const empty: PersonalValue = { face: 'empty' };
const withheld: PersonalValue = { face: 'withheld', reason: 'no-consent', at: null };
const contact: Pick<ContactDetail, 'fields'> = {
  fields: { name: plain, mobile: masked, email: empty, wechat: withheld, address: { face: 'no-permission' } },
};
const typed = (text: string) => ({ text, emptied: false });

describe('editing a contact', () => {
  it('P-0112 starts with what is seen, never with a mask', () => {
    expect(startDraft(plain).text).toBe('林晓雯');
    expect(startDraft(masked).text).toBe('');
  });

  it('P-0112 sends only what changed: an untouched mask is no change', () => {
    expect(editOf(contact, { name: typed('林晓雯 '), mobile: typed(''), email: typed(' a@b.cn ') })).toEqual({
      email: 'a@b.cn',
    });
  });

  it('P-0112 empties on purpose only', () => {
    expect(isChanged(masked, typed('   '))).toBe(false);
    expect(editOf(contact, { mobile: { text: '', emptied: true }, email: { text: '', emptied: true } })).toEqual({
      mobile: null,
    });
    expect(editOf(contact, { name: typed('') })).toEqual({ name: null });
  });

  it('P-0112 keeps refused fields as typed and counts the saved ones', () => {
    const draft = { name: typed('林文'), wechat: typed('wen'), address: typed('上海') };
    const saved = {
      contact: contact as ContactDetail,
      refused: [
        { field: 'wechat', reason: 'no-consent' },
        { field: 'address', reason: 'refused' },
      ],
    } as const;
    expect(outcomeOf(editOf(contact, draft), draft, saved)).toEqual({
      draft: { wechat: typed('wen'), address: typed('上海') },
      refused: ['wechat'],
      closed: ['address'],
      off: [],
      saved: 1,
    });
    const off = { ...saved, refused: [{ field: 'wechat', reason: 'purpose' }] } as const;
    expect(outcomeOf(editOf(contact, draft), draft, off)).toMatchObject({ refused: [], closed: [], off: ['wechat'] });
  });

  it('P-0112 reads the refused fields out of a refusal of the whole', () => {
    const faults = [{ field: 'wechat', rule: 'no-consent' }];
    const refusal = new ApiError({ status: 403, code: 'privacy.consent-required', title: '', faults });
    expect(refusedIn(refusal)).toEqual([{ field: 'wechat', reason: 'no-consent' }]);
    const off = {
      status: 422,
      code: 'privacy.function-off',
      title: '',
      faults: [{ field: 'wechat', rule: 'purpose' }],
    };
    expect(refusedIn(new ApiError(off))).toEqual([{ field: 'wechat', reason: 'purpose' }]);
    expect(refusedIn(new ApiError({ status: 422, code: 'crm.wechat-invalid', title: '', faults }))).toEqual([]);
  });

  it('P-0112 P-0104 offers no input that could not be saved: not agreed to, declined, taken back, or not to be seen', () => {
    const reasons = ['refused', 'withdrawn', 'no-consent', 'superseded', 'purpose', 'guardian'] as const;
    expect(reasons.filter((reason) => takesInput({ face: 'withheld', reason, at: 5 }))).toEqual([]);
    expect([empty, masked, plain].every(takesInput)).toBe(true);
    expect(takesInput({ face: 'no-permission' })).toBe(false);
  });

  it('P-0112 names what another has written meanwhile, as far as it was seen before and after', () => {
    const before = { name: 'a', mobile: 'b', email: 'empty', wechat: null, address: 'c' };
    const now = { name: 'a', mobile: 'd', email: 'e', wechat: 'f', address: null };
    expect(changedSince(before, now)).toEqual(['mobile', 'email']);
  });

  it('P-0112 P-0401 tells of what another has written as much as the reader sees: the mask, never more', () => {
    expect([plain, masked, empty, withheld, { face: 'no-permission' } as const].map(seenAs)).toEqual([
      { text: '林晓雯' },
      { text: '138****1234' },
      { text: '' },
      {},
      {},
    ]);
  });

  it('P-0112 offers to ask only about fields that nobody was asked about and nobody agreed to since', () => {
    const asking = {
      name: 'not-needed',
      mobile: 'asked',
      email: 'possible',
      wechat: 'refused',
      address: 'possible',
    } as const;
    expect(stillToAsk(['name', 'mobile', 'email', 'wechat'], asking)).toEqual(['email']);
  });
});
