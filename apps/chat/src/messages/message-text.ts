import { LIMITS, openVariables, SENDER_ID } from '@libs/contracts';
import { UserError } from '@libs/kernel';
import { field } from '@libs/privacy';

/** What a text of a conversation may be opened for. */
export const BODY_PURPOSES = ['support-conversation', 'subject-request'] as const;
/** The sealed body of a visible message. */
export const MESSAGE_BODY = field('chat_message', 'body', 'content', BODY_PURPOSES, 'chat.message');
/** The sealed body of an internal note. */
export const NOTE_BODY = field('chat_change', 'body', 'content', BODY_PURPOSES, 'chat.note');

/** Row part of the binding: known before `seq` is, stored beside the ciphertext (design 5). */
export function bodyRow(conversationId: string, senderId: string, sendNumber: number): string {
  return `${conversationId}/${senderId}/${sendNumber}`;
}

/** Refusals of packets and texts; closed list. */
export const messageErrors = {
  empty: () => new UserError('chat.message-empty', 'The message has no text', { status: 422 }),
  tooLong: (length: number) =>
    new UserError('chat.message-too-long', 'The message is too long', {
      status: 422,
      details: { length, limit: LIMITS.messageCharacters },
    }),
  unfilled: (names: readonly string[]) =>
    new UserError('chat.variable-unfilled', 'A variable of a canned response was not filled in', {
      status: 422,
      details: { variables: [...new Set(names)].join(',') },
    }),
  unknown: () => new UserError('chat.packet-unknown', 'There is no such packet', { status: 422 }),
  invalid: () => new UserError('chat.packet-invalid', 'The packet does not have the documented form', { status: 422 }),
} as const;

/** Text as it will be stored, or a refusal. Counted in code points, as the clients count. */
export function checkedText(text: unknown): string {
  if (typeof text !== 'string') throw messageErrors.invalid();
  const trimmed = text.trim();
  if (trimmed.length === 0) throw messageErrors.empty();
  const length = trimmed.length > LIMITS.messageCharacters ? [...trimmed].length : trimmed.length;
  if (length > LIMITS.messageCharacters) throw messageErrors.tooLong(length);
  return trimmed.isWellFormed() ? trimmed : trimmed.toWellFormed();
}

/** Refuses a reply in which a variable of a canned response still stands. */
export function checkFilled(text: string): void {
  const open = openVariables(text);
  if (open.length > 0) throw messageErrors.unfilled(open.map(({ name }) => name));
}

/** Sender id and number of a send, or a refusal. */
export function checkSender(sender: unknown, number: unknown): void {
  if (typeof sender !== 'string' || !SENDER_ID.test(sender)) throw messageErrors.invalid();
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) throw messageErrors.invalid();
}

/** The place up to which somebody had read, or a refusal. */
export function checkSeen(seen: unknown): void {
  if (typeof seen !== 'number' || !Number.isSafeInteger(seen) || seen < 0) throw messageErrors.invalid();
}
