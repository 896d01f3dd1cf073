import { ensureServers, findNginx, provideChromium, provideHeadlessShell } from '../../test/servers/index.mjs';

/** Starts the servers of the second column, finds Chromium and nginx, all at once; never throws. */
export async function prepareColumn(log) {
  const nginx = findNginx((line) => log(`nginx: ${line}`)).then(
    () => undefined,
    (error) => (error instanceof Error ? error.message : String(error)),
  );
  const [servers, [chromium, shell], noNginx] = await Promise.all([ensureServers({ log }), browsers(log), nginx]);
  const problems = [
    ...servers.problems.map(({ name, problem }) => `${name} for the second column: ${problem}`),
    ...(chromium.problem ? [chromium.problem] : []),
    ...(noNginx ? [`nginx for the five services: ${noNginx}`] : []),
  ];
  const env = {
    ...servers.env,
    ...(chromium.path ? { CHROMIUM_PATH: chromium.path } : {}),
    CHROMIUM_SHELL_PATH: shell ?? '',
  };
  return { env, problems, stop: () => servers.stop() };
}

/** The shell after Chromium, whose libraries it needs. */
async function browsers(log) {
  const chromium = await provideChromium({ log });
  return [chromium, chromium.path ? await provideHeadlessShell({ log }) : undefined];
}

/**
 * Counts what is missing: a failure under CI=true, else skipped.
 * The column runs whole or not at all, so with one server missing its tests get no address.
 */
export function judgeColumn({ env, problems }, isCi, tally) {
  for (const problem of problems) tally.note(isCi ? 'failed' : 'skipped', problem);
  const whole = ['TEST_MARIADB_URL', 'TEST_REDIS_URL', 'TEST_MINIO_URL'].every((name) => env[name]);
  if (whole) tally.note('passed', 'servers of the second column answer');
  return whole ? env : Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEST_')));
}
