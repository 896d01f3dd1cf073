import { describe, expect, it } from 'vitest';
import { afterSecondLook, filesForSecondLook } from './second-look.mjs';

const ROOT = '/tree';
const file = (name, status, ...states) => ({
  name: `${ROOT}/${name}`,
  status,
  assertionResults: states.map((state) => ({ status: state })),
});
const journey = (name = 'sqlite') => file(`test/journey/${name}.e2e-spec.ts`, 'failed', 'passed', 'failed', 'skipped');
const fine = file('libs/a/src/a.spec.ts', 'passed', 'passed', 'passed');

describe('a second look', () => {
  it('is for what follows somebody and failed alone', () => {
    expect(filesForSecondLook({ testResults: [fine, journey()] }, ROOT)).toEqual(['test/journey/sqlite.e2e-spec.ts']);
    const letters = file('test/accounts/messages.e2e-spec.ts', 'failed', 'failed');
    expect(filesForSecondLook({ testResults: [letters] }, ROOT)).toEqual(['test/accounts/messages.e2e-spec.ts']);
  });

  it('is for nothing else: what must never race, a journey beside it, many journeys, no report, no failure', () => {
    const race = file('test/write-path/order.e2e-spec.ts', 'failed', 'failed');
    const races = file('test/chat/routing-races.e2e-spec.ts', 'failed', 'failed');
    const support = file('test/journey/stage.spec.ts', 'failed', 'failed');
    for (const testResults of [
      [race],
      [races],
      [race, journey()],
      [support],
      [journey('sqlite'), journey('mariadb'), journey('inboxes')],
      [fine],
    ]) {
      expect(filesForSecondLook({ testResults }, ROOT)).toEqual([]);
    }
    expect(filesForSecondLook(undefined, ROOT)).toEqual([]);
  });

  it('counts in the place of the first: what failed again fails', () => {
    const report = { testResults: [fine, journey()] };
    const counts = { passed: 3, failed: 1, skipped: 1, reasons: [] };
    const files = ['test/journey/sqlite.e2e-spec.ts'];
    const held = { passed: 3, failed: 0, skipped: 0, reasons: [] };
    expect(afterSecondLook(report, counts, files, held, ROOT)).toEqual({ ...held, passed: 5 });
    const again = { passed: 1, failed: 1, skipped: 1, reasons: ['x could not be run'] };
    expect(afterSecondLook(report, counts, files, again, ROOT)).toEqual({ ...again, passed: 3 });
  });
});
