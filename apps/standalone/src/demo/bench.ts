import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '@libs/platform';
import { seed } from './seed.js';

/** Rates that no load of the benchmark reaches: the limiter stays in the path. */
const RATES = {
  'chat.rate.session-per-second': 1_000_000,
  'chat.rate.session-burst': 1_000_000,
  'chat.rate.address-per-second': 1_000_000,
  'chat.rate.address-burst': 1_000_000,
  'chat.rate.tenant-per-second': 1_000_000,
  'chat.rate.tenant-burst': 1_000_000,
  'chat.rate.opening-per-second': 1_000_000,
  'chat.rate.opening-burst': 1_000_000,
  'chat.rate.member-per-second': 1_000_000,
  'chat.rate.member-burst': 1_000_000,
  'chat.rate.members-per-second': 1_000_000,
  'chat.rate.members-burst': 1_000_000,
  'chat.sockets.per-address': 1_000_000,
  'chat.sockets.per-visitor': 1_000_000,
  'chat.sockets.per-member': 1_000_000,
} as const;

/** Seeds the benchmark's tenant and leaves its key and passwords for the load program. Profile `bench` only. */
export async function seedBench(platform: Platform): Promise<void> {
  const origin = 'http://bench.invalid';
  const names = Array.from({ length: platform.config.bench.seed }, (_, i) => `agent-${i}@bench.invalid`);
  const seeded = await seed(platform, {
    slug: 'bench',
    name: 'Bench',
    origins: [origin],
    settings: RATES,
    members: names.map((identifier) => ({
      identifier,
      displayName: 'Bench',
      role: 'agent' as const,
      hasReadNotice: true as const,
    })),
  });
  if (!seeded) return;
  const { inboxKey, members } = seeded;
  const agents = members.map(({ identifier, password }) => ({ identifier, password }));
  writeFileSync(join(platform.config.folders.home, 'bench.json'), JSON.stringify({ inboxKey, origin, agents }), {
    mode: 0o600,
  });
}
