export type { BlobEntry, BlobStore, ByteRange } from './blob-store.js';
export { FolderStore } from './folder-store.js';
export { openBlobStore, type StorageSettings } from './open-blob-store.js';
export { type S3Settings, S3Store } from './s3-store.js';
export { type ObjectKeys, SealedStore } from './sealed-store.js';
