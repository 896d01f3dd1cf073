/**
 * What a JSON report of vitest counts. A file that could not be loaded has no tests and counts as one failure; so does
 * a run that failed without naming a test (an unhandled error), a missing report, and a run without any test.
 */
export function countReport(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0, reasons: ['vitest left no report'] };
  const passed = report.numPassedTests ?? 0;
  const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
  const broken = (report.testResults ?? []).filter(isBrokenFile).map((file) => `${file.name} could not be run`);
  const reasons = [...broken];
  if (passed + skipped + (report.numFailedTests ?? 0) === 0) reasons.push('not one test ran');
  if (reasons.length === 0 && exitCode !== 0 && (report.numFailedTests ?? 0) === 0) {
    reasons.push('vitest failed outside of a test; see its output above');
  }
  return { passed, failed: (report.numFailedTests ?? 0) + reasons.length, skipped, reasons };
}

function isBrokenFile(file) {
  return file.status === 'failed' && !(file.assertionResults ?? []).some(({ status }) => status === 'failed');
}
