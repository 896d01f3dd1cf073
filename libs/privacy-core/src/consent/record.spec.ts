import { describe, expect, it } from 'vitest';
import { DEFAULT_REGISTER } from '../register/default-register.js';
import { forSeeds } from '../testing/seeded.js';
import { consentEvidence } from './evidence.js';
import { CONSENT_FIELDS, type ConsentRecord, consentProof, verifyConsentProof } from './record.js';

const KEY = Buffer.alloc(32, 7);
const RECORD: ConsentRecord = {
  id: 'consent-1',
  tenantId: 'tenant-1',
  subjectId: 'subject-1',
  scope: 'field/customer-relations/contact.mobile',
  type: 'ordinary',
  decision: 'grant',
  version: 1,
  noticeHash: 'ab'.repeat(32),
  noticeVersion: 3,
  locale: 'zh-CN',
  screen: 'widget.your-data',
  channel: 'web',
  method: 'switch',
  actor: 'visitor',
  decidedAt: 1_770_000_000_000,
  recordedAt: 1_770_000_000_500,
  nonce: 'n1',
};
const FIELDS = Object.keys(RECORD) as (keyof ConsentRecord)[];
const EMPTY = { ...DEFAULT_REGISTER, activities: [] };

describe('the seal of a consent record', () => {
  it('P-0102 fits the record it was made from', () => {
    const proof = consentProof(KEY, RECORD);
    expect(proof).toHaveLength(32);
    expect(verifyConsentProof(KEY, { ...RECORD }, proof)).toBe(true);
    expect(verifyConsentProof(Buffer.alloc(32, 8), RECORD, proof)).toBe(false);
  });

  it.each(FIELDS)('P-0102 shows that %s was changed', (field) => {
    const proof = consentProof(KEY, RECORD);
    const value = RECORD[field];
    const others =
      typeof value === 'number' ? [value + 1, 0, String(value)] : [`${value}x`, '', value.toUpperCase(), `${value} `];
    for (const other of others) {
      if (other !== value) expect(verifyConsentProof(KEY, { ...RECORD, [field]: other }, proof)).toBe(false);
    }
  });

  it('P-0102 covers every field of a record', () => {
    expect([...CONSENT_FIELDS].sort()).toEqual([...FIELDS].sort());
  });

  it('P-0102 evidence claims nothing about a function that the register of its time lacks', () => {
    const { pii_processing: told } = consentEvidence(RECORD, EMPTY, { value: '', intact: true });
    expect(told).toMatchObject({ purpose_type: null, lawful_basis: null, retention_period: null });
  });

  it('P-0102 text cannot wander from one field into the next', () => {
    const one = consentProof(KEY, { ...RECORD, screen: 'a","b', channel: 'c' });
    const other = consentProof(KEY, { ...RECORD, screen: 'a', channel: 'b","c' });
    expect(one.equals(other)).toBe(false);
  });

  it('P-0102 any other bytes, shorter or longer ones too, are no seal', () => {
    const proof = consentProof(KEY, RECORD);
    forSeeds(300, (seeded) => {
      const forged = Buffer.from(proof);
      forged[seeded.below(32)]! ^= 1 << seeded.below(8);
      expect(verifyConsentProof(KEY, RECORD, forged)).toBe(false);
    });
    for (const length of [0, 31]) expect(verifyConsentProof(KEY, RECORD, proof.subarray(0, length))).toBe(false);
    expect(verifyConsentProof(KEY, RECORD, Buffer.concat([proof, Buffer.alloc(1)]))).toBe(false);
  });
});

describe('evidence of a consent', () => {
  const proof = { value: 'seal', intact: true };
  const evidence = (change: Partial<ConsentRecord> = {}) =>
    consentEvidence({ ...RECORD, ...change }, DEFAULT_REGISTER, proof);

  it('P-0102 has the parts of ISO/IEC TS 27560 as plain JSON', () => {
    expect(JSON.parse(JSON.stringify(evidence()))).toEqual({
      schema_version: 'ISO/IEC TS 27560:2023',
      record_id: 'consent-1',
      pii_principal_id: 'subject-1',
      pii_controller: 'tenant-1',
      pii_processing: {
        privacy_notice: `sha256:${'ab'.repeat(32)}`,
        notice_version: 3,
        language: 'zh-CN',
        purpose: 'customer-relations',
        purpose_type: 'extended',
        lawful_basis: 'L-CONSENT',
        pii_types: ['contact.mobile'],
        retention_period: 'P24M',
        recipient_third_parties: [],
        withdrawal_method: 'widget.your-data',
      },
      event: {
        event_time: '2026-02-02T02:40:00.000Z',
        recorded_time: '2026-02-02T02:40:00.500Z',
        event_type: 'ordinary',
        event_state: 'consent given',
        entity_id: 'visitor',
        collection_method: 'switch',
        screen: 'widget.your-data',
        channel: 'web',
      },
      proof: { algorithm: 'HMAC-SHA256', value: 'seal', intact: true },
    });
  });

  it('P-0402 claims no more than the person was asked: fields with a consent of their own are not among a function’s', () => {
    expect(evidence({ scope: 'purpose/customer-relations' }).pii_processing.pii_types).toEqual(['contact.name']);
    expect(evidence({ scope: 'guardian/voice-message', type: 'guardian' }).pii_processing.pii_types).toEqual([
      'media.voice',
    ]);
    const given = evidence({ scope: 'provide/acme', type: 'separate' }).pii_processing;
    expect([given.pii_types, given.recipient_third_parties, given.retention_period]).toEqual([[], ['acme'], null]);
  });

  it('P-0109 says refused and withdrawn in words of its own', () => {
    expect(evidence({ decision: 'refuse' }).event.event_state).toBe('consent refused');
    expect(evidence({ decision: 'withdraw' }).event.event_state).toBe('consent withdrawn');
  });
});
