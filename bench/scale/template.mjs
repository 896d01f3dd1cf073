import { rowsOf } from './copier.mjs';

/** What the product wrote about the one person who is there. */
export function readTemplate(database) {
  const [conversation] = rowsOf(database, 'chat_conversation');
  const { tenant_id: tenantId, id, subject_id: subjectId } = conversation;
  const own = (table) => rowsOf(database, table, 'tenant_id = ? AND conversation_id = ?', tenantId, id);
  const theirs = (table) => rowsOf(database, table, 'tenant_id = ? AND subject_id = ?', tenantId, subjectId);
  const [message] = own('chat_message');
  const taken = own('chat_change').find(({ kind }) => kind === 'taken');
  if (!message || !taken) throw new Error('the person of the template has written nothing or was not answered');
  return {
    tenantId,
    conversation,
    message,
    taken,
    participant: own('chat_participant')[0],
    sender: own('chat_sender')[0],
    token: theirs('chat_visitor_token')[0],
    contact: theirs('crm_contact')[0],
    consents: theirs('privacy_consent_record'),
    subject: rowsOf(database, 'privacy_data_subject', 'tenant_id = ? AND id = ?', tenantId, subjectId)[0],
    tenant: rowsOf(database, 'tenant_tenant', 'id = ?', tenantId)[0],
    inboxes: rowsOf(database, 'chat_inbox', 'tenant_id = ?', tenantId),
    notices: rowsOf(database, 'chat_notice', 'tenant_id = ?', tenantId),
    members: rowsOf(database, 'auth_member', 'tenant_id = ?', tenantId),
  };
}
