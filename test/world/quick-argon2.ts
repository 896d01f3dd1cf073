import { createRequire } from 'node:module';

type Argon2 = typeof import('@node-rs/argon2');

// Past the alias of vitest.config.ts, which leads here.
const argon2 = createRequire(import.meta.url)('@node-rs/argon2') as Argon2;
/** The least that argon2 takes: every test world has a dozen accounts, and a hash as the product makes it takes 20 ms. */
const QUICK = { memoryCost: 8, timeCost: 1, parallelism: 1 } as const;

/** Set by the test about the hash itself: then it is made at the cost that the product asks for. */
const FULL_COST = 'TEST_FULL_PASSWORD_COST';

/**
 * Stands in for the package in tests within one process (vitest.config.ts); what is built knows nothing of it. A hash
 * says at which cost it was made, so comparing is the real thing, also with hashes that a built product has made.
 */
export const hash: Argon2['hash'] = (password, options, signal) =>
  argon2.hash(password, process.env[FULL_COST] ? options : { ...options, ...QUICK }, signal);

export const { verify } = argon2;
