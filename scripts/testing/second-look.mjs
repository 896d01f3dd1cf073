import { relative } from 'node:path';

/** Where browser journeys live: their outcome hangs on a browser that shares two cores with every other suite. */
const JOURNEYS = /^test\/(?:journey\/[^/]+|accounts\/profile-page)\.e2e-spec\.ts$/;
/** More than this is no browser's bad moment. */
const MOST_FILES = 2;

/**
 * The files to look at once more, alone: journeys that failed while everything else held. Empty where anything else failed
 * as well, where too many did, or where the run ended without a report. No other suite is given a second look: what races,
 * loses or leaks one time in a hundred is a defect that was found.
 */
export function filesForSecondLook(report, root) {
  if (!report) return [];
  const failed = (report.testResults ?? []).filter(({ status }) => status === 'failed');
  const files = failed.map(({ name }) => relative(root, name));
  return files.length <= MOST_FILES && files.every((file) => JOURNEYS.test(file)) ? files : [];
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
