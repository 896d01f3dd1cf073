export {
  invalidCiphertext,
  KEY_BYTES,
  NONCE_BYTES,
  SEAL_OVERHEAD,
  TAG_BYTES,
} from './crypto/aead.js';
export { blindIndex } from './crypto/blind-index.js';
export { commitment, sha256Hex, verifyCommitment } from './crypto/commitment.js';
export { fieldAad, joinAad, openField, sealField } from './crypto/field-cipher.js';
export { deriveFieldKey, newKey, unwrapKey, wipe, wrapKey } from './crypto/keys.js';
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
export { signSlip, verifySlip } from './crypto/slip.js';
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
export { KEY_GROUPS, notPersonal, personal } from './declaration/facets.js';
export type { JsonSchema } from './declaration/json-shape.js';
export { undeclaredPaths } from './declaration/json-shape.js';
export type { EntityTable, Manifest, ManifestEntry, ManifestTable, Problem } from './declaration/manifest.js';
export { compileManifest, undeclared } from './declaration/manifest.js';
export type { DeclaringClass, PropertyDeclaration } from './declaration/registry.js';
export { declarationsOf, JsonShape, NotPersonal, Personal } from './declaration/registry.js';
export type { StoreDeclaration, StoreKind } from './declaration/store.js';
export { declaredStores, declareStore } from './declaration/store.js';
