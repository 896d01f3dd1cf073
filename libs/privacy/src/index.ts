export { FIELD_CIPHER, type FieldCipher, type FieldKeys, type FieldSpec, field, KeyedFieldCipher, PassThroughCipher } from './cipher/field-cipher.js';
export { ConsentRecordEntity } from './subjects/consent.entity.js';
export { DataSubjectEntity, type SubjectKind, SubjectLinkEntity, type SubjectState } from './subjects/subject.entity.js';
export { type SubjectItem, SubjectStep, subjectClosed } from './subjects/subject-step.js';
export { SubjectTables1790000000003 } from './subjects/subject-tables.js';
