import { sha256Hex } from '@libs/privacy-core';
import type { FastifyRequest } from 'fastify';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/i;

/**
 * Who may read the counters: a caller on this machine, or whoever bears the operator's token. What a proxy on this machine
 * passes on comes from elsewhere, whatever it says about where from.
 */
export function mayReadMetrics({ headers, socket }: FastifyRequest, token: string | undefined): boolean {
  const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  // Hashes, so that the time of the comparison tells nothing about the token.
  if (token !== undefined && bearer !== undefined) return sha256Hex(bearer) === sha256Hex(token);
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers.via !== undefined) {
    return false;
  }
  return LOOPBACK.test(socket.remoteAddress ?? '');
}
