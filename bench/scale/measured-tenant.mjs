import { bodyRow, MESSAGE_BODY } from '../../apps/chat/src/messages/message-text.js';
import { CONTACT_SPECS } from '../../apps/crm/src/contacts/contact-fields.js';
import { ContactIndex } from '../../apps/crm/src/contacts/contact-index.js';
import { Copier, hex, idAt } from './copier.mjs';
import { BUSY, mobileOf, OPEN, SUPERVISOR, textOf, WAITING } from './shape.mjs';

const DAY_MS = 86_400_000;
const SPAN_MS = 90 * DAY_MS;
const STEP_MS = 30_000;
const KEYS_AT_ONCE = 1000;
const GROUPS = ['content', 'identity', 'contact', 'location'];
/** The newest are under way, as in life. */
function stateOf(index, conversations) {
  const age = index === 0 ? 0 : conversations - index;
  if (age >= OPEN + WAITING) return 'resolved';
  return age % 7 < 5 ? 'open' : 'queued';
}

/** The tenant whose lists are read: every person has keys, consents and a contact, and every value opens. */
export class MeasuredTenant {
  constructor({ database, template, shape, keys, cipher }) {
    Object.assign(this, { database, template, shape, keys, cipher });
    this.tenantId = template.tenantId;
    this.memberIds = template.members.map(({ id }) => id).sort();
    const beginsAt = Date.now() - SPAN_MS - DAY_MS;
    this.people = Array.from({ length: shape.conversations }, (_, index) => this.#plan(index, beginsAt));
    const changing = ['conversation_id', 'subject_id', 'seq', 'revision', 'author_id'];
    const of = (table, row, names) => new Copier(database, table, row, names);
    this.messages = of('chat_message', template.message, [...changing, 'sender_id', 'send_number', 'body', 'at']);
    this.written = new Array(shape.conversations).fill(0);
    this.written[0] = 1; // The template's own message is one of all.
  }

  #plan(index, beginsAt) {
    // The long conversation is the newest: it is still going on.
    const createdAt = Math.trunc(beginsAt + (SPAN_MS * index) / this.shape.conversations);
    const state = stateOf(index, this.shape.conversations);
    const assignee = state === 'queued' ? null : this.memberIds[index % BUSY];
    const messages = index === 0 ? this.shape.long : 10;
    const lastAt = index === 0 ? beginsAt + SPAN_MS + DAY_MS / 2 : createdAt + messages * STEP_MS;
    const step = index === 0 ? (lastAt - createdAt) / messages : STEP_MS;
    return { index, createdAt, lastAt, step, state, assignee, messages };
  }

  /** Ids and keys of everybody; the first is the person of the template, who keeps theirs. */
  async makeKeys() {
    const { conversation, contact } = this.template;
    for (const person of this.people) {
      person.subjectId = idAt(person.createdAt);
      person.id = idAt(person.createdAt + 1);
      person.contactId = idAt(person.createdAt + 2);
      person.sender = hex(11);
    }
    Object.assign(this.people[0], { subjectId: conversation.subject_id, id: conversation.id, contactId: contact.id });
    for (let from = 0; from < this.people.length; from += KEYS_AT_ONCE) {
      const some = this.people.slice(from, from + KEYS_AT_ONCE).map(({ subjectId }) => ({ subjectId, groups: GROUPS }));
      await this.keys.createSubjects(this.tenantId, some);
    }
    const index = new ContactIndex(this.keys);
    for (const person of this.people) {
      person.mobileIndex = await index.of(this.tenantId, 'mobile', mobileOf(person.index));
      person.emailIndex = await index.of(this.tenantId, 'email', `linxiaowen${person.index}@example.com`);
    }
  }

  /** Persons with their consents, contacts and conversations; the template's own are changed where they lie. */
  addPeople() {
    this.#adopt();
    const { database, template } = this;
    const of = (table, row, names) => new Copier(database, table, row, names);
    const subjects = of('privacy_data_subject', template.subject, ['id', 'created_at']);
    const consents = template.consents.map((row) =>
      of('privacy_consent_record', row, ['id', 'subject_id', 'nonce', 'decided_at', 'recorded_at', 'proof']),
    );
    const conversations = of('chat_conversation', template.conversation, [
      ...['id', 'subject_id', 'state', 'assignee_id', 'created_at', 'last_at'],
    ]);
    const ends = ['conversation_id', 'participant', 'delivered', 'read_seq'];
    const participants = of('chat_participant', template.participant, ends);
    const senders = of('chat_sender', template.sender, ['conversation_id', 'sender_id', 'at']);
    const tokens = of('chat_visitor_token', template.token, ['token_index', 'subject_id', 'conversation_id']);
    const taken = of('chat_change', template.taken, ['conversation_id', 'subject_id', 'author_id', 'at']);
    const contacts = this.#contacts();
    for (const person of this.people.slice(1)) {
      const { subjectId, id, createdAt, lastAt, state, assignee, messages, sender } = person;
      subjects.add(subjectId, createdAt);
      for (const one of consents) one.add(idAt(createdAt), subjectId, hex(16), createdAt, createdAt, null);
      conversations.add(id, subjectId, state, assignee, createdAt, lastAt);
      participants.add(id, 'visitor', messages, messages);
      if (assignee !== null) {
        participants.add(id, assignee, messages, messages);
        taken.add(id, subjectId, assignee, createdAt);
      }
      senders.add(id, sender, createdAt);
      tokens.add(hex(32), subjectId, id);
      contacts(person);
    }
  }

  /** The person of the template becomes the first: the one with the long conversation. */
  #adopt() {
    const { database, tenantId, template, people } = this;
    const [{ id, lastAt, createdAt, state, assignee, contactId, sender }] = people;
    const run = (sql, ...values) => database.prepare(sql).run(values);
    run(
      'UPDATE chat_conversation SET state = ?, assignee_id = ?, created_at = ?, last_at = ? WHERE tenant_id = ? AND id = ?',
      ...[state, assignee, createdAt, lastAt, tenantId, id],
    );
    const body = this.#seal(people[0], template.message.sender_id, 1);
    run(
      'UPDATE chat_message SET at = ?, body = ? WHERE tenant_id = ? AND conversation_id = ?',
      createdAt,
      body,
      tenantId,
      id,
    );
    run('DELETE FROM crm_contact WHERE tenant_id = ? AND id = ?', tenantId, contactId);
    this.#contacts()(people[0]);
    new Copier(database, 'chat_sender', template.sender, ['sender_id', 'at']).add(sender, createdAt);
  }

  /** Adds a contact with five sealed values. */
  #contacts() {
    const { database, template, tenantId } = this;
    const names = ['name', 'mobile', 'email', 'wechat', 'address'];
    const copier = new Copier(database, 'crm_contact', template.contact, [
      ...['id', 'subject_id', 'created_at', 'updated_at', ...names, 'mobile_index', 'email_index'],
    ]);
    return ({ index, subjectId, contactId, createdAt, mobileIndex, emailIndex }) => {
      const values = [
        `林晓雯${index}`,
        mobileOf(index),
        `linxiaowen${index}@example.com`,
        `wechat_${index}`,
        `上海市浦东新区世纪大道${index + 1}号3幢1201室`,
      ];
      const sealed = names.map((name, at) =>
        this.cipher.seal(tenantId, subjectId, CONTACT_SPECS[name], contactId, values[at], 'customer-relations'),
      );
      copier.add(contactId, subjectId, createdAt, createdAt, ...sealed, mobileIndex, emailIndex);
    };
  }

  /** Message `number` of each conversation, and so many of the long one that it ends with the others. */
  addRound(number) {
    const { people, shape } = this;
    const [first] = people;
    const share = Math.ceil((shape.long * number) / 10);
    const each = (people.length - 1) / Math.max(1, share - this.written[0]);
    let due = 0;
    for (let at = 1; at < people.length; at++) {
      this.#say(people[at], number);
      for (due += 1; due >= each && this.written[0] < share; due -= each) this.#say(first, this.written[0] + 1);
    }
    while (this.written[0] < share) this.#say(first, this.written[0] + 1);
  }

  #say(person, number) {
    const { index, id, subjectId, sender, assignee, createdAt, step } = person;
    const isReply = assignee !== null && number % 3 === 0;
    // The second event of a conversation that somebody has is the taking of it.
    const revision = number + (number > 1 && assignee !== null ? 1 : 0);
    const body = this.#seal(person, sender, number);
    const author = isReply ? assignee : null;
    const at = Math.trunc(createdAt + number * step);
    this.messages.add(id, subjectId, number, revision, author, sender, number, body, at);
    this.written[index] = number;
  }

  #seal({ index, id, subjectId }, sender, number) {
    const row = bodyRow(id, sender, number);
    const text = textOf(index, number);
    return this.cipher.seal(this.tenantId, subjectId, MESSAGE_BODY, row, text, 'support-conversation');
  }

  /** One of the bench's members sees the whole list. */
  supervise() {
    const { database, tenantId, memberIds } = this;
    database
      .prepare("UPDATE auth_member SET role = 'supervisor' WHERE tenant_id = ? AND id = ?")
      .run([tenantId, memberIds[SUPERVISOR]]);
  }

  /** What the measurement has to know: conversations in the order of the list, newest first. */
  facts() {
    const list = this.people
      .map(({ index, id, lastAt, state, assignee, messages }) => {
        const member = assignee === null ? null : this.memberIds.indexOf(assignee);
        return { index, id, lastAt, state, member, messages };
      })
      .sort((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? 1 : -1));
    return { list };
  }
}
