import { Copier, hex, idAt } from './copier.mjs';
import { EACH, TENANTS } from './shape.mjs';

const DAY_MS = 86_400_000;
const SPAN_MS = 90 * DAY_MS;
const STEP_MS = 30_000;

/** All tenants but the measured one: rows in the same tables, each under its own tenant; nobody reads their bodies. */
export class OtherTenants {
  constructor({ database, template, shape }) {
    Object.assign(this, { database, template, shape });
    this.tenantIds = Array.from({ length: TENANTS - 1 }, () => idAt(Date.now()));
    const columns = Object.keys(template.message);
    const own = {
      tenant_id: 'c.tenant_id',
      conversation_id: 'c.id',
      subject_id: 'c.subject_id',
      author_id: 'NULL',
      seq: '?1',
      revision: '?1 + (?1 > 1)',
      sender_id: 'substr(c.id, 15)',
      send_number: '?1',
      body: '?2',
      at: `c.created_at + ?1 * ${STEP_MS}`,
    };
    const strange = columns.filter((name) => !Object.hasOwn(own, name));
    if (strange.length > 0) throw new Error(`chat_message has columns this benchmark does not know: ${strange}`);
    this.say = database.prepare(
      `INSERT INTO chat_message (${columns.join(', ')}) SELECT ${columns.map((name) => own[name]).join(', ')} ` +
        'FROM chat_conversation c WHERE c.tenant_id = ?3 ORDER BY c.id',
    );
  }

  /** Tenants, inboxes, notices; persons with one consent, a contact and a conversation each. */
  addPeople() {
    for (const tenantId of this.tenantIds) this.#addTenant(tenantId);
  }

  #addTenant(tenantId) {
    const { database, template, shape } = this;
    const { conversation, subject, contact, consents, participant, taken } = template;
    const of = (table, row, names) => new Copier(database, table, { ...row, tenant_id: tenantId }, names);
    new Copier(database, 'tenant_tenant', template.tenant, ['id', 'slug']).add(tenantId, `other-${hex(6)}`);
    for (const row of template.inboxes) of('chat_inbox', row, ['public_key']).add(hex(16));
    for (const row of template.notices) of('chat_notice', row, []).add();
    const subjects = of('privacy_data_subject', subject, ['id', 'created_at']);
    const consent = of('privacy_consent_record', consents[0], ['id', 'subject_id', 'nonce', 'proof']);
    const conversations = of('chat_conversation', conversation, ['id', 'subject_id', 'created_at', 'last_at']);
    const ends = ['conversation_id', 'participant', 'delivered', 'read_seq'];
    const participants = of('chat_participant', participant, ends);
    const changes = of('chat_change', taken, ['conversation_id', 'subject_id', 'at']);
    const contacts = of('crm_contact', contact, ['id', 'subject_id', 'created_at', 'mobile_index', 'email_index']);
    const beginsAt = Date.now() - SPAN_MS - DAY_MS;
    for (let index = 0; index < shape.elsewhere; index++) {
      const at = Math.trunc(beginsAt + (SPAN_MS * index) / shape.elsewhere);
      const [subjectId, id] = [idAt(at), idAt(at)];
      subjects.add(subjectId, at);
      consent.add(idAt(at), subjectId, hex(16), null);
      conversations.add(id, subjectId, at, at + EACH * STEP_MS);
      for (const one of ['visitor', participant.participant]) participants.add(id, one, EACH, EACH);
      changes.add(id, subjectId, at);
      contacts.add(idAt(at), subjectId, at, `01${hex(16)}`, `01${hex(16)}`);
    }
  }

  /** Message `number` of each conversation of each of them. */
  addRound(number) {
    const { body } = this.template.message;
    for (const tenantId of this.tenantIds) this.say.run([number, body, tenantId]);
  }
}
