import type { Register } from '../register/activity.js';
import type { ConsentRecord } from './record.js';
import { fieldScope, parseScope } from './scope.js';

/** A consent record as ISO/IEC TS 27560 names its parts; plain JSON, for the person, an auditor or another system. */
export interface ConsentEvidence {
  readonly schema_version: 'ISO/IEC TS 27560:2023';
  readonly record_id: string;
  readonly pii_principal_id: string;
  readonly pii_controller: string;
  readonly pii_processing: {
    readonly privacy_notice: string;
    readonly notice_version: number;
    readonly language: string;
    readonly purpose: string;
    /** Null where the register of that time has no such function: nothing is claimed that it does not say. */
    readonly purpose_type: string | null;
    readonly lawful_basis: string | null;
    readonly pii_types: readonly string[];
    readonly retention_period: string | null;
    readonly recipient_third_parties: readonly string[];
    readonly withdrawal_method: string;
  };
  readonly event: {
    readonly event_time: string;
    readonly recorded_time: string;
    readonly event_type: string;
    readonly event_state: string;
    readonly entity_id: string;
    readonly collection_method: string;
    readonly screen: string;
    readonly channel: string;
  };
  readonly proof: { readonly algorithm: 'HMAC-SHA256'; readonly value: string; readonly intact: boolean };
}

const STATES = { grant: 'consent given', refuse: 'consent refused', withdraw: 'consent withdrawn' } as const;

/** `record` as evidence, with the function as the register of its time described it. */
export function consentEvidence(
  record: ConsentRecord,
  register: Register,
  proof: { readonly value: string; readonly intact: boolean },
): ConsentEvidence {
  const parts = parseScope(record.scope);
  const purpose = parts && 'purpose' in parts ? parts.purpose : undefined;
  const activity = register.activities.find((candidate) => candidate.purpose === purpose);
  const named = activity?.fields.filter(
    (entry) => parts?.type === 'guardian' || fieldScope(activity, entry) === record.scope,
  );
  const fields = parts && 'field' in parts ? [parts.field] : (named ?? []).map(({ field }) => field);
  return {
    schema_version: 'ISO/IEC TS 27560:2023',
    record_id: record.id,
    pii_principal_id: record.subjectId,
    pii_controller: record.tenantId,
    pii_processing: {
      privacy_notice: `sha256:${record.noticeHash}`,
      notice_version: record.noticeVersion,
      language: record.locale,
      purpose: purpose ?? record.scope,
      purpose_type: activity?.kind ?? null,
      lawful_basis: activity?.basis ?? null,
      pii_types: fields,
      retention_period: activity ? `P${activity.retainMonths}M` : null,
      recipient_third_parties: parts && 'recipient' in parts ? [parts.recipient] : (activity?.recipients ?? []),
      withdrawal_method: 'widget.your-data',
    },
    event: {
      event_time: new Date(record.decidedAt).toISOString(),
      recorded_time: new Date(record.recordedAt).toISOString(),
      event_type: record.type,
      event_state: STATES[record.decision],
      entity_id: record.actor,
      collection_method: record.method,
      screen: record.screen,
      channel: record.channel,
    },
    proof: { algorithm: 'HMAC-SHA256', ...proof },
  };
}
