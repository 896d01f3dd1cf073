/**
 * Files that take long, in the order in which they begin. What is short fills the gaps behind them; begun last, one of
 * them would hold up the end of the run by itself. First what waits more than it works and what feels no hurry: they
 * begin while types and lint are still looked at.
 */
export const LONG = [
  'test/durability/crash.e2e-spec.ts',
  'test/consent/consent-model.medium-spec.ts',
  'test/journey/mariadb.e2e-spec.ts',
  'test/walls/tenant-matrix.e2e-spec.ts',
  'test/journey/sqlite.e2e-spec.ts',
  'test/journey/',
  'libs/privacy/src/key-ladder/kill.medium-spec.ts',
  'test/operation/power-cuts.e2e-spec.ts',
  'test/accounts/profile-page.e2e-spec.ts',
  'test/raw-scan/',
  'test/bad-input/agent-doors.e2e-spec.ts',
];

function placeOf(path) {
  const at = LONG.findIndex((begin) => path.startsWith(begin));
  return at === -1 ? LONG.length : at;
}

/** The same files with the long ones at the beginning; `pathOf` says where one lies below the root. */
export function longFirst(files, pathOf) {
  return [...files].sort((one, other) => placeOf(pathOf(one)) - placeOf(pathOf(other)));
}

/**
 * How many files run side by side: one more than there are processors, within reason, because each waits for browsers,
 * clocks and disks a good part of its time. `TEST_WORKERS` says it otherwise.
 */
export function workerCount(processors, wished = process.env.TEST_WORKERS) {
  if (/^[1-9]\d?$/.test(wished ?? '')) return Number(wished);
  return Math.min(processors + 1, 6);
}
