import { createAuth } from '@libs/auth';
import { UserError } from '@libs/kernel';
import { authPorts, type Platform } from '@libs/platform';

/** `account:reset --email <address>`: a link that sets a new password, for whoever runs the server; shown only now. */
export async function resetAccount(platform: Platform, args: readonly string[]): Promise<string> {
  const { resets } = createAuth(authPorts(platform));
  const { url } = await resets.makeOnConsole(emailOf('account:reset', args));
  return `Open this link within 30 minutes, once the server runs again. It works once and is shown only now:\n${url}\n`;
}

/** Whose login a command is about: `--email <address>`. */
export function emailOf(command: string, args: readonly string[]): string {
  const [name, value] = args;
  const email = name?.startsWith('--email=') ? name.slice('--email='.length) : name === '--email' ? value : undefined;
  if (email) return email;
  throw new UserError('standalone.email-required', `Say whose: npm run ${command} -- --email somebody@example.com`);
}
