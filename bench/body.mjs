/** Characters of a message in the benchmark; ASCII, so as many bytes. */
export const BODY_LENGTH = 120;

const FILLER = '-'.repeat(BODY_LENGTH);

/** A body of BODY_LENGTH characters that says who sent it, which one it is and when (`performance.now()`). */
export function encodeBody(visitor, number, sentAt) {
  return `${visitor} ${number} ${sentAt.toFixed(3)} ${FILLER}`.slice(0, BODY_LENGTH);
}

/** What `encodeBody` wrote: the sender's index, the number of the message and the moment of sending. */
export function decodeBody(text) {
  const [visitor, number, sentAt] = text.split(' ', 3);
  return { visitor: Number(visitor), number: Number(number), sentAt: Number(sentAt) };
}
