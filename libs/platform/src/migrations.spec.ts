import { DATA_FORMAT } from '@libs/database';
import { expect, it } from 'vitest';
import { libraryMigrations } from './migrations.js';

it('F-1412 the newest format has its mark among the migrations, by which older programs know it on a database server', () => {
  expect(libraryMigrations.filter(({ name }) => name.startsWith(`DataFormat${DATA_FORMAT}17`))).toHaveLength(1);
});
