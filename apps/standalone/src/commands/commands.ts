import { createAuth } from '@libs/auth';
import { type Config, loadConfig } from '@libs/config';
import { AppError, randomToken, UserError } from '@libs/kernel';
import { authPorts, openPlatform, type Platform } from '@libs/platform';
import { Tenants } from '@libs/tenancy';
import { DEMO_MEMBERS, passwordTable } from '../demo/demo.js';
import { DEMO_SLUG, type SeededMember, seedMember } from '../demo/seed.js';
import { standaloneMigrations } from '../standalone.js';
import { emailOf, resetAccount } from './account-reset.js';
import { makeBackup, restoreBackup } from './backup.js';

type Command = (platform: Platform, args: readonly string[]) => Promise<string>;

/** What `main.js <name>` can do instead of serving. On SQLite the server must be stopped: the folder has one user. */
export const commands: Readonly<Record<string, Command>> = {
  'account:reset': resetAccount,
  'demo:password': newDemoPasswords,
  'account:second-factor-remove': removeSecondFactor,
  'keys:rotate': rotateKeys,
};

type StoreCommand = (config: Config, args: readonly string[], say: (line: string) => void) => Promise<void>;

/** Those that must not open the stores as the product does: a running server has them, or they are half there. */
export const storeCommands: Readonly<Record<string, StoreCommand>> = { backup: makeBackup, restore: restoreBackup };

/** Opens the stores, runs one command, prints its answer. */
export async function runCommand(name: string, args: readonly string[]): Promise<void> {
  const beside = storeCommands[name];
  if (beside) return withCode(() => beside(loadConfig(), args, (line) => process.stdout.write(`${line}\n`)));
  const command = commands[name];
  if (!command) {
    const known = [...Object.keys(commands), ...Object.keys(storeCommands)];
    throw new UserError('standalone.unknown-command', `Unknown command "${name}". Known: ${known.join(', ')}.`);
  }
  const platform = await openPlatform({ config: loadConfig(), migrations: standaloneMigrations });
  try {
    process.stdout.write(await command(platform, args));
  } finally {
    await platform.close();
  }
}

/** An operator finds the code in docs/operation.md, so it stands behind the sentence. */
async function withCode(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new UserError(error.code, `${error.message} (${error.code})`, { cause: error });
  }
}

/** New random passwords for the demo's members; their sessions end. Whom an older demo lacks is made. */
async function newDemoPasswords(platform: Platform): Promise<string> {
  const tenantId = await tenantsOf(platform).find(DEMO_SLUG);
  if (!tenantId) throw new UserError('standalone.no-demo', 'There is no demo here. Start it once with npm start.');
  const auth = createAuth(authPorts(platform));
  const members: SeededMember[] = [];
  for (const planned of DEMO_MEMBERS) {
    const { identifier, role } = planned;
    if (await auth.accounts.findLogin(identifier)) {
      const password = randomToken(12);
      await auth.accounts.setPassword(identifier, password);
      members.push({ identifier, role, password });
    } else members.push(await seedMember(auth, tenantId, planned));
  }
  return `New demo passwords (shown only now):\n${passwordTable(members)}\n`;
}

/** A new KEK for one tenant (by its slug) or for all that are due; the old one is destroyed (design 5). */
async function rotateKeys(platform: Platform, [slug]: readonly string[]): Promise<string> {
  if (slug === undefined) return `Rotated the keys of ${await platform.upkeep.rotation.rotateDue()} tenants.\n`;
  const tenantId = await tenantsOf(platform).find(slug);
  if (!tenantId) throw new UserError('standalone.unknown-tenant', `There is no tenant "${slug}".`, { status: 404 });
  await platform.upkeep.rotation.rotateTenantKek(tenantId);
  return `Rotated the keys of ${slug}; what was destroyed before is now unreadable in every copy.\n`;
}

/** For the last admin who lost the phone; colleagues are helped by an admin. */
async function removeSecondFactor(platform: Platform, args: readonly string[]): Promise<string> {
  const email = emailOf('account:second-factor-remove', args);
  const auth = createAuth(authPorts(platform));
  await auth.removal.onConsole(email);
  await auth.background.settled();
  return 'The second factor is gone; the next sign-in asks for the password only, then to set one up again.\n';
}

function tenantsOf({ database, work, clock }: Platform): Tenants {
  return new Tenants(database.reader, work, clock);
}
