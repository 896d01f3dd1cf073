import { describe, expect, it } from 'vitest';
import { judgeColumn } from './second-column.mjs';
import { Tally } from './steps.mjs';
import { countReport } from './vitest-report.mjs';

const silent = () => {};

describe('Tally', () => {
  it('counts steps and tests alike and ends with the plain line', async () => {
    const tally = new Tally(silent);
    await tally.step('good', async () => ({ ok: true }));
    tally.note('skipped', 'no server');
    tally.add({ passed: 40, failed: 0, skipped: 2 });
    expect(tally.closingLine).toBe('41 passed, 0 failed, 3 skipped');
    expect(tally.exitCode).toBe(0);
  });

  it('counts a failed and a thrown step as failures and shows why', async () => {
    const printed = [];
    const tally = new Tally((line) => printed.push(line));
    expect(await tally.step('bad', async () => ({ ok: false, output: 'src/a.ts: broken\n' }))).toBe(false);
    expect(
      await tally.step('thrown', async () => {
        throw new Error('exploded');
      }),
    ).toBe(false);
    expect(tally.closingLine).toBe('0 passed, 2 failed, 0 skipped');
    expect(tally.exitCode).toBe(1);
    expect(printed.join('\n')).toMatch(/broken[\s\S]*\[failed\] bad[\s\S]*exploded[\s\S]*\[failed\] thrown/);
  });

  it('has remarks in its summary that count for nothing', () => {
    const tally = new Tally(silent);
    tally.remark('[again] a');
    expect(tally.summary).toBe('[again] a');
    expect(tally.closingLine).toBe('0 passed, 0 failed, 0 skipped');
  });

  it('is no success when nothing ran', () => {
    expect(new Tally(silent).exitCode).toBe(1);
  });
});

describe('countReport', () => {
  it('takes the numbers of a good run', () => {
    const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1, testResults: [] };
    expect(countReport(report, 0)).toEqual({ passed: 5, failed: 0, skipped: 3, reasons: [] });
  });

  it('counts failed tests once, not their file as well', () => {
    const testResults = [{ name: 'a', status: 'failed', assertionResults: [{ status: 'failed' }] }];
    expect(countReport({ numPassedTests: 1, numFailedTests: 1, testResults }, 1)).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });

  it('counts a file that cannot be loaded as a failure', () => {
    const testResults = [{ name: 'b', status: 'failed', assertionResults: [] }];
    expect(countReport({ numPassedTests: 3, testResults }, 1)).toMatchObject({
      failed: 1,
      reasons: ['b could not be run'],
    });
  });

  it('counts a file whose set-up failed, so that its tests were skipped', () => {
    const testResults = [{ name: 'c', status: 'failed', assertionResults: [{ status: 'skipped' }] }];
    expect(countReport({ numPassedTests: 3, numPendingTests: 1, testResults }, 1)).toMatchObject({
      failed: 1,
      skipped: 1,
    });
  });

  it('fails without a report, without a test, and for an error outside of tests', () => {
    expect(countReport(undefined, 1).failed).toBe(1);
    expect(countReport({ numPassedTests: 0, testResults: [] }, 0).failed).toBe(1);
    expect(countReport({ numPassedTests: 2, testResults: [] }, 1).failed).toBe(1);
  });
});

describe('judgeColumn', () => {
  const whole = { TEST_MARIADB_URL: 'm', TEST_REDIS_URL: 'r', TEST_MINIO_URL: 's', CHROMIUM_PATH: 'c' };

  it('passes the addresses on when all servers answer', () => {
    const tally = new Tally(silent);
    expect(judgeColumn({ env: whole, problems: [] }, true, tally)).toEqual(whole);
    expect(tally.closingLine).toBe('1 passed, 0 failed, 0 skipped');
  });

  it('skips the whole column when one server is missing, and fails under CI', () => {
    const column = { env: { ...whole, TEST_MINIO_URL: undefined }, problems: ['minio: no Go'] };
    const [here, ci] = [new Tally(silent), new Tally(silent)];
    expect(judgeColumn(column, false, here)).toEqual({ CHROMIUM_PATH: 'c' });
    expect(here.closingLine).toBe('0 passed, 0 failed, 1 skipped');
    judgeColumn(column, true, ci);
    expect(ci.closingLine).toBe('0 passed, 1 failed, 0 skipped');
  });
});
