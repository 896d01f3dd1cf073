import type { ContactField } from '@libs/contracts';
import { newId } from '@libs/kernel';
import type { Platform } from '@libs/platform';
import { addContact, ContactEditStep, ContactIndex, ContactWriting } from '../../../crm/src/index.js';

/** What an invented person has said, and what the shop has noted. */
interface DemoPerson {
  readonly values: Partial<Readonly<Record<ContactField, string>>>;
  /** Agreed to besides the fields with values, which are always agreed to first. */
  readonly agreed?: readonly ContactField[];
  readonly refused?: readonly ContactField[];
  readonly withdrawn?: readonly ContactField[];
  /** Said no to customer relations after all. */
  readonly leftRelations?: true;
}

const SCOPES: Readonly<Record<ContactField, string>> = {
  name: 'purpose/customer-relations',
  mobile: 'field/customer-relations/contact.mobile',
  email: 'field/customer-relations/contact.email',
  wechat: 'field/customer-relations/contact.wechat',
  address: 'sensitive/customer-relations/contact.address',
};

/** Invented people: every face of a value, and names that screens have to bear. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    values: {
      ...{ name: '林晓雯', mobile: '+8613800138000', email: 'lin.xiaowen@mail.example', wechat: 'lin_xw88' },
      address: '上海市徐汇区漕溪北路88号1203室',
    },
  },
  { values: { name: 'رنا الخطيب', email: 'rana@mail.example' }, refused: ['mobile'] },
  {
    values: {
      name: 'Bartholomew Alexander Montgomery-Featherstonehaugh von Tanne',
      mobile: '+442079460018',
      email: 'b.montgomery@mail.example',
    },
    withdrawn: ['email'],
  },
  { values: { name: '👩‍👩‍👧‍👦🙏', wechat: 'sunny_home' }, agreed: ['email', 'mobile'] },
  { values: { name: '陈小明', mobile: '+8613900139000' }, leftRelations: true },
  { values: { name: '<b>Lee</b>', address: '北京市海淀区中关村大街1号' }, refused: ['email', 'wechat'] },
  { values: {} },
];

/** Makes the people of the demo, each with the consents that allow what is held about them. */
export async function seedContacts(platform: Platform, tenantId: string): Promise<void> {
  const { committer, subjects, privacy, cipher, clock, keys } = platform;
  const edits = new ContactEditStep(clock);
  const writing = new ContactWriting(committer, subjects, privacy.gate, cipher, edits, new ContactIndex(keys));
  for (const person of DEMO_PEOPLE) {
    const contact = await makeContact(platform, tenantId);
    const decide = (scope: string, decision: 'grant' | 'refuse' | 'withdraw') =>
      decideAs(platform, tenantId, contact.subjectId, scope, decision);
    await decide('purpose/support-conversation', 'grant');
    const fields = Object.keys(person.values) as ContactField[];
    for (const field of [...fields, ...(person.agreed ?? [])]) await decide(SCOPES[field], 'grant');
    for (const field of person.refused ?? []) await decide(SCOPES[field], 'refuse');
    const values = new Map(Object.entries(person.values) as [ContactField, string][]);
    if (values.size > 0) await writing.write(seeder(tenantId), contact, values);
    for (const field of person.withdrawn ?? []) await decide(SCOPES[field], 'withdraw');
    if (person.leftRelations) await decide(SCOPES.name, 'withdraw');
  }
}

function seeder(tenantId: string) {
  return { tenantId, actor: { kind: 'system', id: 'demo' } as const, correlationId: newId() };
}

/** Keys, then the person, then the contact. */
async function makeContact({ keys, committer, subjects, work, clock }: Platform, tenantId: string) {
  const [subjectId, id] = [newId(), newId()];
  await keys.createSubject(tenantId, subjectId, ['identity', 'contact', 'location']);
  await committer.submit({
    ...seeder(tenantId),
    purpose: 'customer-relations',
    steps: [subjects.step({ subjectId, create: 'visitor' })],
    journal: [
      {
        kind: 'privacy.subject-created.v1',
        subjectId,
        resource: `subject:${subjectId}`,
        fields: 'kind',
        commitment: null,
      },
    ],
  });
  const createdAt = clock.now();
  await work.upkeep((tx) => addContact(tx, tenantId, { id, subjectId, createdAt }), new Set([tenantId]));
  return { id, subjectId, version: 1 };
}

async function decideAs(
  { privacy: { consents } }: Platform,
  tenantId: string,
  subjectId: string,
  scope: string,
  decision: 'grant' | 'refuse' | 'withdraw',
): Promise<void> {
  const notice = await consents.notice(tenantId, scope, 'zh-CN');
  await consents.decide({
    ...{ tenantId, subjectId, scope, decision, granted: decision === 'grant' },
    ...{ version: notice!.version, noticeHash: notice!.hash, locale: 'zh-CN', screen: 'widget.your-data' },
    ...{ channel: 'web-widget', method: 'switch', actor: 'visitor', correlationId: newId() },
  });
}
