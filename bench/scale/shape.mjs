/**
 * What the product is filled with. The larger is the smaller a hundred times over, in every part: the tenant that is
 * measured grows like the others, and the pages that are read are equally long in both.
 */
export const TENANTS = 100;
/** Messages of every conversation but the long one. */
export const EACH = 10;

/** `conversations` of the measured tenant (the first is the long one), those of each other tenant. */
const SHAPES = {
  10000: { conversations: 200, elsewhere: 8 },
  1000000: { conversations: 20_000, elsewhere: 800 },
};

/** The shape of a product with `messages` messages in all. */
export function shapeOf(messages) {
  const { conversations, elsewhere } = SHAPES[messages];
  const long = messages - (TENANTS - 1) * elsewhere * EACH - (conversations - 1) * EACH;
  return { messages, conversations, elsewhere, long };
}

/** Of the measured tenant: conversations that somebody has and that nobody has. All others are done, whatever the size. */
export const OPEN = 100;
export const WAITING = 40;
/** Members who have conversations; after them one who has none, and one who sees all. */
export const BUSY = 4;
export const NEWCOMER = BUSY;
export const SUPERVISOR = BUSY + 1;
export const MEMBERS = BUSY + 2;

const FILLER = '-'.repeat(120);

/** Message `number` of conversation `index`: says which one it is, so that what was read can be checked. */
export function textOf(index, number) {
  return `${index} ${number} ${FILLER}`.slice(0, 120);
}

/** The mobile number of the person of conversation `index`. */
export function mobileOf(index) {
  return `+86138${String(index).padStart(8, '0')}`;
}
