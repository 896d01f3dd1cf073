import { readFileSync } from 'node:fs';
import { load, YAML11_SCHEMA } from 'js-yaml';

/** What compose says of one container, as far as it is started here. */
export interface ComposedService {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly networks?: { readonly default: { readonly ipv4_address: string } };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposedService>>;
}

export const COMPOSE = 'docker/compose.yaml';

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads a compose file the way compose does: YAML with merges, then `${…}` in every text from `variables`. */
export function readCompose(variables: Variables, path = COMPOSE): ComposeFile {
  return filled(load(readFileSync(path, 'utf8'), { schema: YAML11_SCHEMA }), variables) as ComposeFile;
}

/** `${NAME}`, `${NAME:-default}`, `${NAME:?message}`, `${NAME:+instead}`; `$$` is a dollar sign. */
export function interpolate(text: string, variables: Variables): string {
  return text.replace(/\$\$|\$\{(\w+)(?::([-?+])([^}]*))?\}/g, (found, name: string, kind: string, rest: string) => {
    if (found === '$$') return '$';
    const value = variables[name] ?? '';
    if (kind === '+') return value === '' ? '' : rest;
    if (value !== '') return value;
    if (kind === '?') throw new Error(`${name} must be set${rest ? `: ${rest}` : ''}`);
    return kind === '-' ? rest : '';
  });
}

function filled(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return interpolate(value, variables);
  if (Array.isArray(value)) return value.map((item) => filled(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, variables)]));
}
