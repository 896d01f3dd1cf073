import type { Purpose } from '../declaration/facets.js';
import type { Activity, ActivityField, FieldPolicy, Register, Visibility } from './activity.js';
import { FIELDS, type FieldCode, type FieldDefinition } from './fields.js';

const withPurpose = (...fields: FieldCode[]): ActivityField[] =>
  fields.map((field) => ({ field, consent: 'with-purpose' }));
const own = (...fields: FieldCode[]): ActivityField[] => fields.map((field) => ({ field, consent: 'own' }));
const separate = (...fields: FieldCode[]): ActivityField[] => fields.map((field) => ({ field, consent: 'separate' }));

const EVERY_FIELD = FIELDS.map(({ code }) => code);

const BASIC = { kind: 'basic', enabled: true, basisNote: '', recipients: [], consentVersion: 1 } as const;
const EXTENDED = { ...BASIC, kind: 'extended', basis: 'L-CONSENT' } as const;

/** A kind of media in a conversation: refusing it stops that kind, never the chat (C-42, F-0313). */
function media(purpose: Purpose, field: FieldCode): Activity {
  return { ...EXTENDED, purpose, fields: separate(field), retain: 'conversation', retainMonths: 12 };
}

/** What a workspace starts with: sound for customer service, everything beyond it by consent or off. */
export const DEFAULT_REGISTER: Register = {
  activities: [
    {
      ...BASIC,
      purpose: 'support-conversation',
      basis: 'L-CONSENT',
      fields: withPurpose('chat.message', 'chat.note', 'contact.name'),
      retain: 'conversation',
      retainMonths: 24,
    },
    {
      ...EXTENDED,
      purpose: 'customer-relations',
      fields: [
        ...withPurpose('contact.name'),
        ...own('contact.mobile', 'contact.email', 'contact.wechat'),
        ...separate('contact.address'),
      ],
      retain: 'profile',
      retainMonths: 24,
    },
    media('voice-message', 'media.voice'),
    media('picture-message', 'media.picture'),
    media('video-message', 'media.video'),
    media('file-message', 'media.file'),
    media('location-message', 'media.location'),
    {
      ...EXTENDED,
      purpose: 'marketing',
      enabled: false,
      fields: [...withPurpose('contact.name'), ...own('contact.mobile', 'contact.email')],
      retain: 'profile',
      retainMonths: 12,
    },
    {
      ...EXTENDED,
      purpose: 'service-quality',
      enabled: false,
      fields: separate('chat.message'),
      retain: 'conversation',
      retainMonths: 6,
    },
    {
      ...BASIC,
      purpose: 'service-account',
      basis: 'L-CONTRACT',
      fields: [],
      retain: 'service-account',
      retainMonths: 24,
    },
    { ...BASIC, purpose: 'security', basis: 'L-LEGALDUTY', fields: [], retain: 'network-log', retainMonths: 6 },
    { ...BASIC, purpose: 'legal-duty', basis: 'L-LEGALDUTY', fields: [], retain: 'network-log', retainMonths: 6 },
    {
      ...BASIC,
      purpose: 'subject-request',
      basis: 'L-LEGALDUTY',
      fields: withPurpose(...EVERY_FIELD),
      retain: 'request-record',
      retainMonths: 36,
    },
  ],
  fields: FIELDS.map(policyOf),
  allowedBases: [],
};

/** Contact data is masked for everybody until it is revealed; content is what agents work with. */
function policyOf({ code, tier }: FieldDefinition): FieldPolicy {
  const all = (visibility: Visibility) => ({
    owner: visibility,
    admin: visibility,
    supervisor: visibility,
    agent: visibility,
  });
  if (code.startsWith('contact.')) {
    return { field: code, tier, roles: { ...all('masked'), 'privacy-officer': 'masked' } };
  }
  return { field: code, tier, roles: { ...all('plain'), 'privacy-officer': 'none' } };
}
