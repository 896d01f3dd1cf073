import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { callFailed, destinationRefused } from '../outgoing.errors.js';

/** One address that a name stands for. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Finds the addresses of a name; tests bring their own. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** Everything that is not the public internet: this machine, private and shared networks, link-local with the metadata services, documentation, multicast, reserved. */
const INSIDE = new BlockList();
for (const [network, bits] of [
  ...[['0.0.0.0', 8] as const, ['10.0.0.0', 8] as const, ['100.64.0.0', 10] as const, ['127.0.0.0', 8] as const],
  ...[['169.254.0.0', 16] as const, ['172.16.0.0', 12] as const, ['192.0.0.0', 24] as const],
  ...[['192.0.2.0', 24] as const, ['192.88.99.0', 24] as const, ['192.168.0.0', 16] as const],
  ...[['198.18.0.0', 15] as const, ['198.51.100.0', 24] as const, ['203.0.113.0', 24] as const],
  ...[['224.0.0.0', 4] as const, ['240.0.0.0', 4] as const],
  // Metadata of one large provider lies in space that looks public.
  ...[['168.63.129.16', 32] as const, ['100.100.100.200', 32] as const],
] as const) {
  INSIDE.addSubnet(network, bits, 'ipv4');
}
/** Global unicast is 2000::/3; inside it lie forms that carry an IPv4 address or are for documents. */
const OUTSIDE6 = new BlockList();
OUTSIDE6.addSubnet('2000::', 3, 'ipv6');
const INSIDE6 = new BlockList();
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  INSIDE6.addSubnet(network, bits, 'ipv6');
}

/** True for an address of the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !INSIDE.check(address, 'ipv4');
  return family === 6 && OUTSIDE6.check(address, 'ipv6') && !INSIDE6.check(address, 'ipv6');
}

/** The system's resolver. */
export const systemResolve: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/** Says which address of a destination may be connected to. */
export class Destinations {
  /** `local`: `host:port` of the destinations inside that an operator has listed. */
  constructor(
    private readonly local: readonly string[],
    private readonly resolve: Resolve = systemResolve,
  ) {}

  /**
   * The address to connect to. The caller connects to exactly this one: a name that is asked twice may answer twice. All
   * addresses of a name must be public, so that none of them is a way in.
   */
  async addressOf(host: string, port: number): Promise<ResolvedAddress> {
    const hostname = host.replace(/^\[|\]$/g, '').toLowerCase();
    const found = await this.addressesOf(hostname);
    const [first] = found;
    if (!first) throw callFailed('name-unknown');
    const isListed = this.local.includes(`${hostname}:${port}`);
    if (!isListed && !found.every(({ address }) => isPublicAddress(address))) throw destinationRefused('inside');
    return first;
  }

  private async addressesOf(hostname: string): Promise<readonly ResolvedAddress[]> {
    const family = isIP(hostname);
    if (family !== 0) return [{ address: hostname, family: family === 6 ? 6 : 4 }];
    try {
      return await this.resolve(hostname);
    } catch (error) {
      throw callFailed('name-unknown', error);
    }
  }
}
