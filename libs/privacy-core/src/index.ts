export type { ActFault, GrantAct } from './consent/act.js';
export { checkGrant, checkScope, isFault, scopesOf, typeOf, versionOf } from './consent/act.js';
export { type ConsentEvidence, consentEvidence } from './consent/evidence.js';
export type { Ground, PersonConsents, WithheldReason } from './consent/ground.js';
export { basicConsents, groundFor } from './consent/ground.js';
export type { ConsentState, Decided, Decision } from './consent/history.js';
export { isDenied, NO_DECISIONS, stateOf } from './consent/history.js';
export { type NoticeWords, noticeText } from './consent/notice.js';
export { NOTICE_WORDS } from './consent/notice-words.js';
export type { ConsentMethod, ConsentRecord } from './consent/record.js';
export { CONSENT_FIELDS, consentProof, verifyConsentProof } from './consent/record.js';
export type { ConsentScope, ConsentType, ScopeParts } from './consent/scope.js';
export { CONVERSATION_SCOPE, guardianScope, parseScope, purposeScope } from './consent/scope.js';
export {
  invalidCiphertext,
  KEY_BYTES,
  NONCE_BYTES,
  SEAL_OVERHEAD,
  TAG_BYTES,
} from './crypto/aead.js';
export { blindIndex } from './crypto/blind-index.js';
export { type ChaCha20Poly1305, chacha20Poly1305 } from './crypto/chacha20-poly1305.js';
export { commitment, sha256Hex, verifyCommitment } from './crypto/commitment.js';
export { fieldAad, isSealedField, joinAad, openField, sealField } from './crypto/field-cipher.js';
export { FileHash } from './crypto/file-hash.js';
export {
  deriveFieldKey,
  deriveFirstFieldKey,
  newKey,
  unwrapGroupKey,
  unwrapKey,
  wipe,
  wrapGroupKey,
  wrapKey,
} from './crypto/keys.js';
export type { RangeContext, RangePlan } from './crypto/sealed-object.js';
export {
  OBJECT_HEADER_BYTES,
  ObjectSealer,
  openObject,
  openRange,
  plainSize,
  planRange,
  SEGMENT_BYTES,
  sealObject,
} from './crypto/sealed-object.js';
export { openValue, sealValue } from './crypto/sealed-value.js';
export { signSlip, verifySlip } from './crypto/slip.js';
export { type Claims, readStatement, type StatementFault } from './crypto/statement.js';
export { textHash } from './crypto/text-hash.js';
export { renderDataMap } from './declaration/data-map.js';
export type {
  Declared,
  EraseFacet,
  ExportFacet,
  KeyGroup,
  LogFacet,
  PersonalFacets,
  PersonalKind,
  Purpose,
  RetainFacet,
  ShowFacet,
  StoreFacet,
  Tier,
} from './declaration/facets.js';
export { isPurpose, KEY_GROUPS, notPersonal, PURPOSES, personal } from './declaration/facets.js';
export type { JsonSchema } from './declaration/json-shape.js';
export { undeclaredPaths } from './declaration/json-shape.js';
export type { EntityTable, Manifest, ManifestEntry, ManifestTable, Problem } from './declaration/manifest.js';
export { compileManifest, undeclared } from './declaration/manifest.js';
export type { DeclaringClass, PropertyDeclaration } from './declaration/registry.js';
export { declarationsOf, JsonShape, NotPersonal, Personal } from './declaration/registry.js';
export type { StoreDeclaration, StoreKind } from './declaration/store.js';
export { declaredStores, declareStore } from './declaration/store.js';
export type {
  Activity,
  ActivityField,
  FieldConsent,
  FieldPolicy,
  PolicyRole,
  Register,
  Visibility,
} from './register/activity.js';
export { POLICY_ROLES } from './register/activity.js';
export type { RegisterFault, RegisterProblem } from './register/changes.js';
export { needsFreshConsent, registerProblems, withConsentVersions } from './register/changes.js';
export { DEFAULT_REGISTER } from './register/default-register.js';
export type { FieldCode, FieldDefinition } from './register/fields.js';
export { FIELDS, fieldDefinition } from './register/fields.js';
export type { LawfulBasis } from './register/lawful-basis.js';
export { type Loosening, loosened, loosenings } from './register/loosening.js';
export { type FaceDecision, faceFor } from './values/face.js';
export { type MaskKind, mask } from './values/mask.js';
export { Pii } from './values/pii.js';
