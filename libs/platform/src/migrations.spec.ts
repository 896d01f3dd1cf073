import { DATA_FORMAT } from '@libs/database';
import { expect, it } from 'vitest';
import { libraryMigrations } from './migrations.js';

it('F-1412 the newest format has its mark among the migrations, by which older programs know it on a database server', () => {
  const mark = new RegExp(`^DataFormat${DATA_FORMAT}\\d{13}$`);
  expect(libraryMigrations.filter(({ name }) => mark.test(name))).toHaveLength(1);
});
