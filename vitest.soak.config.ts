import { defineConfig } from 'vitest/config';
import { backendProject } from './vitest.config.js';

const HOUR = 3_600_000;

/** The long tests: `npm run soak`, never part of `npm test`. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: HOUR,
    hookTimeout: HOUR,
    projects: [backendProject('soak', ['test/soak/**/*.soak.ts'])],
  },
});
