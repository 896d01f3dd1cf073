export { ContactEntity } from './contacts/contact.entity.js';
export { addContact } from './contacts/contact.repository.js';
export { ContactEditStep } from './contacts/contact-edit-step.js';
export { ContactIndex } from './contacts/contact-index.js';
export { ContactPieceEntity } from './contacts/contact-piece.entity.js';
export { ContactWriting } from './contacts/contact-writing.js';
export { CrmModule } from './crm.module.js';
export { crmMigrations } from './migrations/crm-migrations.js';
