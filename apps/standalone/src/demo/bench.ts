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

/** What the load program needs of one tenant. */
interface BenchTenant {
  readonly inboxKey: string;
  readonly origin: string;
  readonly agents: readonly { readonly identifier: string; readonly password: string }[];
}

/** Seeds the benchmark's tenants and leaves keys and passwords for the load program. Profile `bench` only. */
export async function seedBench(platform: Platform): Promise<void> {
  const { config } = platform;
  const first = await seedTenant(platform, 'bench');
  if (!first) return;
  const others: BenchTenant[] = [];
  for (let number = 2; number <= config.bench.tenants; number++) {
    others.push((await seedTenant(platform, `bench-${number}`))!);
  }
  const left = JSON.stringify({ ...first, ...(others.length > 0 ? { others } : {}) });
  writeFileSync(join(config.folders.home, 'bench.json'), left, { mode: 0o600 });
}

/** One tenant with its agents; undefined when it is there. */
async function seedTenant(platform: Platform, slug: string): Promise<BenchTenant | undefined> {
  const origin = `http://${slug}.invalid`;
  const names = Array.from({ length: platform.config.bench.seed }, (_, i) => `agent-${i}@${slug}.invalid`);
  const seeded = await seed(platform, {
    slug,
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
  if (!seeded) return undefined;
  const agents = seeded.members.map(({ identifier, password }) => ({ identifier, password }));
  return { inboxKey: seeded.inboxKey, origin, agents };
}
