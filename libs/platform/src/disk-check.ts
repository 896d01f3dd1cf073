import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import type { Config } from '@libs/config';
import type { ReadinessCheck } from '@libs/http';
import { OperationalError } from '@libs/kernel';

/** Below this a log cannot be copied back safely: told before the first write is refused. */
const LEAST_BYTES = 4 * 1024 * 1024;

/** Ready only while the folders take writes. It asks anew each time, so room brings the process back by itself. */
export function diskCheck({ folders }: Config): ReadinessCheck {
  return {
    name: 'disk',
    check: async () => {
      for (const folder of new Set([folders.data, folders.keys, folders.ledger])) await assertWritable(folder);
    },
  };
}

async function assertWritable(folder: string): Promise<void> {
  await access(folder, constants.W_OK);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < LEAST_BYTES) throw new OperationalError('platform.disk-full', `${folder} is full.`);
}
