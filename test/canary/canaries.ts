/** Who asks. `colleague` is an agent who has nothing to do with the conversation. */
export type Asker = 'owner' | 'agent' | 'colleague' | 'officer' | 'visitor' | 'nobody' | 'disk';

/** What came out somewhere. */
export interface Output {
  /** `GET /api/v1/…`, `packet item`, `application log`, `folder data/`. */
  readonly sink: string;
  readonly who: Asker;
  readonly text: string;
}

/** A value that is looked for everywhere. */
export interface Canary {
  /** What is written. */
  readonly value: string;
  /** The part of it that no mask shows and no other text has. */
  readonly core: string;
  /** Where the clear value is meant to be seen; everywhere else it is a leak. */
  shows(output: Output): boolean;
}

const nowhere = (): boolean => false;
const TALK = /^(packet (item|list|sync)|(GET|POST) \/api\/v1\/chat\/(conversations|widget\/messages))/;

/** Nobody sees contact data without revealing it, officers no more than others; what is sensitive only they reveal. */
const contact =
  (field: string, isSensitive = false) =>
  ({ sink, who }: Output): boolean =>
    sink === `reveal ${field}` && who === (isSensitive ? 'officer' : 'agent');
const talk =
  (...people: readonly Asker[]) =>
  ({ sink, who }: Output): boolean =>
    TALK.test(sink) && people.includes(who);

/** A canary for every T2 and T3 column of the manifest. A new one without a canary fails the test. */
export const CANARIES: Readonly<Record<string, Canary>> = {
  'crm_contact.name': { value: 'Qkanariname', core: 'kanariname', shows: contact('name') },
  'crm_contact.mobile': { value: '13877665544', core: '13877665544', shows: contact('mobile') },
  'crm_contact.email': { value: 'qkanarimail@shop.example', core: 'qkanarimail', shows: contact('email') },
  'crm_contact.wechat': { value: 'wxkanariwechat', core: 'kanariwechat', shows: contact('wechat') },
  'crm_contact.address': {
    value: '上海市浦东新区kanariroad 100 号',
    core: 'kanariroad',
    shows: contact('address', true),
  },
  'chat_message.body': {
    value: '你好 kanarimessage',
    core: 'kanarimessage',
    shows: talk('owner', 'agent', 'visitor'),
  },
  'chat_change.body': { value: 'kanarinote 备注', core: 'kanarinote', shows: talk('owner', 'agent') },
  'auth_login.email_sealed': { value: 'agent1@alpha.example', core: 'agent1@alpha.example', shows: nowhere },
  'auth_login.secret_hash': { value: '', core: '', shows: nowhere },
  'auth_member.display_name_sealed': {
    value: 'alpha 1',
    core: 'alpha 1',
    // Colleagues and the visitor see who answers; disks, logs and figures do not.
    shows: ({ sink, who }) => who !== 'disk' && who !== 'nobody' && /^(GET|POST|PATCH|PUT|packet)/.test(sink),
  },
  'audit_network_log.user_agent': { value: 'Mozilla/5.0 (kanariagent)', core: 'kanariagent', shows: nowhere },
  'audit_network_log.url': { value: 'kanariurl', core: 'kanariurl', shows: nowhere },
  'audit_network_log.search': { value: 'kanarisearch', core: 'kanarisearch', shows: nowhere },
  'audit_network_log.language': { value: 'x-kanarilang', core: 'kanarilang', shows: nowhere },
  'privacy_approval.reason_sealed': {
    value: 'kanarireason',
    core: 'kanarireason',
    shows: ({ sink }) => /privacy\/approvals/.test(sink),
  },
  'privacy_read_entry.note_sealed': {
    value: 'kanarireveal',
    core: 'kanarireveal',
    // Who answers for reads sees what they were for.
    shows: ({ sink, who }) => sink === 'GET /api/v1/privacy/reads' && (who === 'owner' || who === 'officer'),
  },
};

/** Columns that hold something made from another one, and the one whose canary stands for them. */
export const DERIVED: Readonly<Record<string, string>> = {
  'auth_login.email_index': 'auth_login.email_sealed',
  'crm_contact.email_index': 'crm_contact.email',
  'crm_contact.mobile_index': 'crm_contact.mobile',
};

/** Columns without a canary, each with the reason. */
export const WITHOUT: Readonly<Record<string, string>> = {
  'audit_network_log.address': 'the address of a test is 127.0.0.1; the network log has a test of its own with another',
};
