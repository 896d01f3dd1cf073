import type { BlobStore } from './blob-store.js';
import { FolderStore } from './folder-store.js';
import { S3Store } from './s3-store.js';

interface Hidden {
  reveal(): string;
}

/** The settings `storage` or `ledger` of the product. */
export type StorageSettings =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 's3';
      readonly endpoint: string;
      readonly port: number;
      readonly tls: boolean;
      readonly bucket: string;
      readonly accessKey: Hidden;
      readonly secretKey: Hidden;
    };

/** The store that the settings name. Only `reading` may lie beside the process that writes to it. */
export async function openBlobStore(settings: StorageSettings, use: 'all' | 'reading' = 'all'): Promise<BlobStore> {
  if (settings.kind === 'folder') {
    return use === 'reading' ? FolderStore.reading(settings.folder) : FolderStore.open(settings.folder);
  }
  const { accessKey, secretKey } = settings;
  return S3Store.open({ ...settings, accessKey: accessKey.reveal(), secretKey: secretKey.reveal() });
}
