import { AGENT_NAMESPACE, AGENT_PACKET_REFS, WIDGET_NAMESPACE, WIDGET_PACKET_REFS } from '@libs/contracts';
import type { RefEntry, RouteEntry } from '@libs/http';

const PACKETS = [
  [WIDGET_NAMESPACE, 'visitors with an embed pass', WIDGET_PACKET_REFS],
  [AGENT_NAMESPACE, 'members with a session, within their read scope', AGENT_PACKET_REFS],
] as const;

/** Who may call what, and which ids they may send: one table of routes, one of packets. */
export function renderPermissions(routes: readonly RouteEntry[], refs: readonly RefEntry[]): string {
  const lines = [
    '# Who may call what',
    '',
    'Generated from the declarations in the code; do not edit.',
    '',
    '## Routes',
    '',
    '| Method | Route | Who | Ids |',
    '|---|---|---|---|',
    ...routes.map((route) => row([route.method, `\`${route.route}\``, whoOf(route), idsOf(route, refs)])),
    '',
    '## Packets',
    '',
    '| Namespace | Packet | Who | Ids |',
    '|---|---|---|---|',
  ];
  for (const [namespace, who, packets] of PACKETS) {
    for (const [name, ids] of Object.entries<Readonly<Record<string, string>>>(packets)) {
      lines.push(row([`\`${namespace}\``, `\`${name}\``, who, named(Object.entries(ids))]));
    }
  }
  return `${lines.join('\n')}\n`;
}

function whoOf({ access }: RouteEntry): string {
  if (access === undefined) return 'nobody: undeclared';
  if (access.kind === 'public') return `anybody: ${access.why}`;
  if (access.kind === 'permission') return `members with \`${access.permission}\``;
  return access.kind === 'member' ? 'every signed-in member' : 'visitors with a pass or token';
}

function idsOf({ method, route }: RouteEntry, refs: readonly RefEntry[]): string {
  const own = refs.filter((ref) => ref.method === method && ref.route === route);
  return named(own.map(({ where, name, resource }) => [`${where} ${name}`, resource]));
}

function named(ids: readonly (readonly [string, string])[]): string {
  return ids.map(([name, resource]) => `${name}: ${resource}`).join(', ');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
