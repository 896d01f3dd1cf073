import { relative } from 'node:path';

/**
 * Suites that follow one person's doings through sockets, letters and browsers, whose outcome hangs on what else two cores
 * are doing. Never those of the write path, durability, walls, consent and privacy.
 */
const FOLLOWING = /^test\/(?:journey|accounts|chat|operation)\/(?!.*races)[^/]+\.e2e-spec\.ts$/;
/** More than this is no bad moment. */
const MOST_FILES = 2;

/**
 * The files to look at once more, alone: those that failed while everything else held. Empty where a suite failed that
 * proves what must never race, lose or leak, where too many did, or where the run ended without a report.
 */
export function filesForSecondLook(report, root) {
  if (!report) return [];
  const failed = (report.testResults ?? []).filter(({ status }) => status === 'failed');
  const files = failed.map(({ name }) => relative(root, name));
  return files.length <= MOST_FILES && files.every((file) => FOLLOWING.test(file)) ? files : [];
}

/** What the first run counted, with the outcome of the second look in place of those files. */
export function afterSecondLook(report, counts, files, second, root) {
  const tests = (report.testResults ?? [])
    .filter(({ name }) => files.includes(relative(root, name)))
    .flatMap(({ assertionResults }) => assertionResults ?? []);
  const number = (...states) => tests.filter(({ status }) => states.includes(status)).length;
  return {
    passed: counts.passed - number('passed') + second.passed,
    failed: second.failed,
    skipped: counts.skipped - number('pending', 'skipped', 'todo') + second.skipped,
    reasons: second.reasons,
  };
}
