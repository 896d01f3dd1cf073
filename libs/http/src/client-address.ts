import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Addresses and networks (`10.0.0.7`, `10.1.0.0/16`) as a list that can be asked. */
export function proxyList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/**
 * Address of the client of an upgrade request, by the rule that the HTTP door has: the nearest hop that is no proxy of
 * ours. What stands further left in `X-Forwarded-For` is the client's own claim.
 */
export function clientAddress({ socket, headers }: IncomingMessage, proxies: BlockList): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  let address = socket.remoteAddress ?? '';
  while (forwarded.length > 0 && isListed(proxies, address)) {
    const hop = forwarded.pop()!.trim();
    if (isIP(hop) === 0) break;
    address = hop;
  }
  return address;
}

function isListed(list: BlockList, address: string): boolean {
  // A listener for both families names an IPv4 neighbour in the form of IPv6.
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIP(plain);
  return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}
