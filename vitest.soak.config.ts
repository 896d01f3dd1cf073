import { defineConfig } from 'vitest/config';
import { backendProject } from './vitest.config.js';

const HOUR = 3_600_000;
const soak = backendProject('soak', ['test/soak/**/*.soak.ts']);

/** The long tests: `npm run soak`, never part of `npm test`. A project has its own limits, whatever stands above it. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 1,
    projects: [{ ...soak, test: { ...soak.test, isolate: true, testTimeout: HOUR, hookTimeout: HOUR } }],
  },
});
