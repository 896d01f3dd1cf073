import { ContactChanges1790000000283 } from './change-tables.js';
import { CrmContactFields1790000000021 } from './contact-field-tables.js';
import { ContactPieces1790000000271 } from './contact-piece-tables.js';
import { ContactSearchIndexes1790000000230 } from './contact-search-indexes.js';
import { CrmTables1790000000020 } from './crm-tables.js';

/** Everything that makes crm's tables, in order. */
export const crmMigrations = [
  CrmTables1790000000020,
  CrmContactFields1790000000021,
  ContactSearchIndexes1790000000230,
  ContactPieces1790000000271,
  ContactChanges1790000000283,
] as const;
