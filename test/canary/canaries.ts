/** Who asks. `colleague` is an agent who has nothing to do with the conversation. */
export type Asker = 'owner' | 'agent' | 'colleague' | 'officer' | 'visitor' | 'nobody' | 'disk';

/** What came out somewhere. */
export interface Output {
  /** `GET /api/v1/…`, `packet item`, `application log`, `folder data/`. */
  readonly sink: string;
  readonly who: Asker;
  /** Of an answer to a request. */
  readonly status?: number;
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
  /** Tells it from what lies in its column, where that is not the text with the core in it. */
  lies?(stored: string): boolean;
}

/** The answer to the right password: its reader is a member from here on. */
export const SIGNED_IN = 'signing in';

const nowhere = (): boolean => false;
const TALK = /^(packet (item|list|sync)|(GET|POST) \/api\/v1\/chat\/(conversations|widget\/messages))/;

/** Nobody sees contact data without revealing it, officers no more than others; what is sensitive only they reveal. */
const contact =
  (field: string, isSensitive = false) =>
  ({ sink, who }: Output): boolean =>
    sink === `reveal ${field}` && who === (isSensitive ? 'officer' : 'agent');
/** One's own data, to oneself. */
const own =
  (...paths: readonly string[]) =>
  ({ sink, who }: Output): boolean =>
    who === 'agent' && paths.some((path) => sink.endsWith(` /api/v1/account/me${path}`));
const talk =
  (...people: readonly Asker[]) =>
  ({ sink, who }: Output): boolean =>
    TALK.test(sink) && people.includes(who);

/** What is not sent is seen by who wrote it. */
const ownDraft = ({ sink, who }: Output): boolean => who === 'agent' && /\/draft$/.test(sink);

/** What somebody has written for itself. */
const ownWords = ({ sink, who }: Output): boolean => who === 'agent' && /\/canned-responses$/.test(sink);

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
  'chat_draft.message': { value: 'kanaridraft 草稿', core: 'kanaridraft', shows: ownDraft },
  'chat_draft.note': { value: 'kanarijotting 草稿', core: 'kanarijotting', shows: ownDraft },
  'chat_scheduled_reply.body': {
    value: 'kanarilater 明天',
    core: 'kanarilater',
    shows: ({ sink, who }) => /\/scheduled-replies/.test(sink) && (who === 'owner' || who === 'agent'),
  },
  'chat_own_response.shortcut': { value: 'kanarishortcut', core: 'kanarishortcut', shows: ownWords },
  'chat_own_response.title': { value: 'Qkanarititle', core: 'kanarititle', shows: ownWords },
  'chat_own_response.text': { value: 'kanarisignature 此致', core: 'kanarisignature', shows: ownWords },
  'chat_identified_visitor.site_name': { value: 'kanarisite-7', core: 'kanarisite', shows: nowhere },
  'chat_identified_visitor.name': { value: 'Qkanarisigned', core: 'kanarisigned', shows: nowhere },
  'chat_identified_visitor.mobile': { value: '13655443322', core: '13655443322', shows: nowhere },
  'chat_identified_visitor.email': { value: 'qkanaristated@shop.example', core: 'kanaristated', shows: nowhere },
  'auth_login.email_sealed': {
    value: 'agent1@alpha.example',
    core: 'agent1@alpha.example',
    shows: own('/profile'),
  },
  'auth_login.mobile_sealed': { value: '+8617055667788', core: '17055667788', shows: own('/profile') },
  // The password of a member and the secret of an authenticator app, which the world knows.
  'auth_login.secret_hash': { value: '', core: '', shows: nowhere, lies: (hash) => hash.startsWith('$argon2id$') },
  'auth_second_factor.secret_sealed': { value: '', core: '', shows: own('/second-factor') },
  'auth_profile.real_name_sealed': { value: 'Qkanarireal', core: 'kanarireal', shows: own('/profile') },
  'auth_profile.telephone_sealed': { value: '021-55443322-771', core: '55443322-771', shows: own('/profile') },
  'auth_profile.fax_sealed': { value: '021-55443322-772', core: '55443322-772', shows: own('/profile') },
  'auth_profile.contact_address_sealed': {
    value: '杭州市 kanaristreet 8 号',
    core: 'kanaristreet',
    shows: own('/profile'),
  },
  'auth_picture.picture_sealed': {
    value: 'kanaripicture',
    core: 'kanaripicture',
    // Its pixels say so. Colleagues who answer see it, officers and visitors do not.
    shows: ({ sink, who }) =>
      /^GET \/api\/v1\/account\/(me|members\/:id)\/picture$/.test(sink) &&
      (who === 'owner' || who === 'agent' || who === 'colleague'),
    lies: (stored) => Buffer.from(stored, 'base64').includes('kanaripicture'),
  },
  'auth_login_event.device_sealed': {
    value: 'WeChat on HarmonyOS',
    core: 'WeChat on HarmonyOS',
    shows: own('/sign-ins'),
  },
  'auth_login_event.network_sealed': { value: '127.0.0.*', core: '127.0.0.*', shows: own('/sign-ins') },
  'auth_known_place.family_sealed': {
    value: 'WeChat on HarmonyOS',
    core: 'WeChat on HarmonyOS',
    shows: own('/sign-ins'),
  },
  'auth_invitation.email_sealed': { value: 'qkanariguest@shop.example', core: 'qkanariguest', shows: nowhere },
  'auth_member.display_name_sealed': {
    value: 'alpha 1',
    core: 'alpha 1',
    // Colleagues and the visitor see who answers; disks, logs and figures do not.
    shows: ({ sink, who }) =>
      sink === SIGNED_IN || (who !== 'disk' && who !== 'nobody' && /^(GET|POST|PATCH|PUT|packet)/.test(sink)),
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

/** The route that shows a message with its numbers. */
export const REVEALS = 'POST /api/v1/chat/conversations/:id/messages/:seq/reveals';

/** Shown to whoever wrote it, and to members who reveal it on the record. */
const starred = ({ sink, who }: Output): boolean =>
  (TALK.test(sink) && who === 'visitor') || (sink === REVEALS && who === 'owner');

/** Parts of a text that members see as stars, in the message of the visitor; nobody's numbers. */
export const STARRED: Readonly<Record<string, Canary>> = {
  'identity card in chat_message.body': { value: '11010519491231002X', core: '10519491231', shows: starred },
  'bank card in chat_message.body': { value: '6222021234567890128', core: '2202123456789', shows: starred },
};

/** Columns that hold something made from another one, and the one whose canary stands for them. */
export const DERIVED: Readonly<Record<string, string>> = {
  'auth_invitation.email_index': 'auth_invitation.email_sealed',
  'auth_known_place.place_index': 'auth_known_place.family_sealed',
  'auth_login.email_index': 'auth_login.email_sealed',
  'auth_login.mobile_index': 'auth_login.mobile_sealed',
  'auth_code.number_index': 'auth_login.mobile_sealed',
  'chat_identified_visitor.name_index': 'chat_identified_visitor.site_name',
  'crm_contact.email_index': 'crm_contact.email',
  'crm_contact.mobile_index': 'crm_contact.mobile',
  'crm_contact_piece.token': 'crm_contact.name',
};

/** Columns without a canary, each with the reason. */
export const WITHOUT: Readonly<Record<string, string>> = {
  'audit_network_log.address': 'the address of a test is 127.0.0.1; the network log has a test of its own with another',
};
