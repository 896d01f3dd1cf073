import { field } from '../cipher/field-spec.js';

/** Columns whose keys the tests of the key service ask for; the product declares its own. */
field('chat_message', 'body', 'content', ['support-conversation', 'subject-request'], 'chat.message');
field('chat_change', 'body', 'content', ['support-conversation', 'subject-request'], 'chat.note');
