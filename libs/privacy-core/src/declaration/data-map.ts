import type { Declared, StoreFacet } from './facets.js';
import type { Manifest } from './manifest.js';

const HEAD = '| Place | Kind | Tier | Purposes | Stored | Shown | Log | Export | Erase | Retain | Subject |';
const RULE = `|${'---|'.repeat(11)}`;

/** The manifest as a page for people: one table for what is personal, one list for what is not and why. */
export function renderDataMap(manifest: Manifest): string {
  const lines = ['# Data map', '', 'Generated from the declarations in the code; do not edit.', ''];
  for (const { table, entries } of manifest.tables) {
    const places = entries.map(({ column, path, declared }) => ({
      place: path ? `${column} › ${path}` : column,
      declared,
    }));
    lines.push(`## Table \`${table}\``, '', ...render(places), '');
  }
  for (const { store, name, fields } of manifest.stores) {
    const places = Object.entries(fields).map(([place, declared]) => ({ place, declared }));
    lines.push(`## ${store} \`${name}\``, '', ...render(places), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

interface Place {
  readonly place: string;
  readonly declared: Declared;
}

function render(places: readonly Place[]): readonly string[] {
  const personal = places.filter(({ declared }) => declared.personal);
  const lines: string[] = [];
  if (personal.length > 0) lines.push(HEAD, RULE, ...personal.map(personalRow), '');
  for (const { place, declared } of places) {
    if (!declared.personal) lines.push(`- \`${place}\`: not personal (${escapeCell(declared.why)})`);
  }
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function personalRow({ place, declared }: Place): string {
  if (!declared.personal) return '';
  const { kind, tier, purposes, store, show, log, export: exported, erase, retain, subject } = declared.facets;
  const cells = [`\`${place}\``, kind, tier, purposes.join(', '), stored(store), show, log, exported, erase, retain];
  return `| ${[...cells, `\`${subject}\``].map(escapeCell).join(' | ')} |`;
}

function stored(store: StoreFacet): string {
  if (store.as === 'ciphertext') return `ciphertext, group ${store.group}`;
  if (store.as === 'tenant-ciphertext') return `ciphertext, tenant key ${store.key}`;
  if (store.as === 'blind-index') return `blind index of ${store.of}, ${store.epoch} epoch`;
  return `${store.as}: ${store.why}`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
