export { ContactEntity } from './contacts/contact.entity.js';
export { CrmModule } from './crm.module.js';
export { CrmContactFields1790000000021 } from './migrations/crm-contact-fields.js';
export { CrmTables1790000000020 } from './migrations/crm-tables.js';
