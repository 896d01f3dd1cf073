import { FIELDS, type Manifest, type PersonalFacets, type Register } from '@libs/privacy-core';
import ts from 'typescript';
import { parse, type SourceFile } from '../../scripts/gates/index.mjs';
import type { ProductEntity } from './product.js';
import type { Finding } from './table-rules.js';

/** T3 columns that no function of the register asks a person about, each with its reason. */
const SENSITIVE_ELSEWHERE: Readonly<Record<string, string>> = {};

/** Arguments of calls that name a purpose: the name of what is called, the place of the purpose (-1 = the last). */
const PURPOSE_ARGUMENT: Readonly<Record<string, number>> = {
  field: 3,
  fieldKey: 4,
  ground: 0,
  groundNow: 1,
  grounds: 1,
  guardianScope: 0,
  open: -1,
  purposeScope: 0,
  refused: 1,
  reveal: 0,
  seal: -1,
  sealNow: -1,
};
/** Shorter ones are modes of files and encodings. */
const PURPOSE_WORD = /^(?=.{4})[a-z]+(-[a-z]+)*$/;

/** A purpose that code names. */
export interface PurposeUse {
  readonly place: string;
  readonly purpose: string;
}

/** A `field(table, column, group, purposes, code)` as the source says it. */
export interface FieldUse {
  readonly place: string;
  readonly column: string;
  readonly purposes: readonly string[];
  readonly code: string | undefined;
}

/** Every purpose that a file names: as a property, a constant, or an argument of a call of the data path. */
export function purposesUsed(file: SourceFile): PurposeUse[] {
  const uses: PurposeUse[] = [];
  visit(file, (node, source) => {
    for (const { text, pos } of purposeNodes(node).flatMap((found) => literals(found, source))) {
      const line = source.getLineAndCharacterOfPosition(pos).line + 1;
      uses.push({ place: `${file.path}:${line}`, purpose: text });
    }
  });
  return uses;
}

/** Every sealed column that a file declares. */
export function fieldsUsed(file: SourceFile): FieldUse[] {
  const uses: FieldUse[] = [];
  visit(file, (node, source) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== 'field') return;
    const [table, column, , purposes, code] = node.arguments.map((argument) =>
      literals(argument, source).map(({ text }) => text),
    );
    uses.push({
      place: file.path,
      column: `${table?.[0]}.${column?.[0]}`,
      purposes: purposes ?? [],
      code: code?.[0],
    });
  });
  return uses;
}

/** Purposes that no function of the register explains (P-0103, P-0318). */
export function purposeFindings(uses: readonly PurposeUse[], register: Register): Finding[] {
  const known = new Set<string>(register.activities.map(({ purpose }) => purpose));
  return uses
    .filter(({ purpose }) => !known.has(purpose))
    .map(({ place, purpose }) => ({ place, problem: `names the purpose "${purpose}", which is not in the register` }));
}

/** What the register says about columns, against what the columns say about themselves. */
export function registerFindings(manifest: Manifest, register: Register, uses: readonly FieldUse[]): Finding[] {
  const columns = facetsOf(manifest);
  const findings: Finding[] = [];
  for (const { code, columns: places, kind, tier, mask } of FIELDS) {
    const functions = register.activities.filter(({ fields }) => fields.some(({ field }) => field === code));
    for (const place of places) {
      const say = (problem: string) => findings.push({ place: `${code} (${place})`, problem });
      const facets = columns.get(place);
      if (!facets) {
        say('has no declared column');
        continue;
      }
      if (facets.tier !== tier) say(`is ${tier} in the register and ${facets.tier} in the manifest`);
      if (facets.kind !== kind) say(`is ${kind} in the register and ${facets.kind} in the manifest`);
      const show = mask === 'none' ? 'full' : `mask-${mask}`;
      if (facets.show !== show) say(`is masked as ${show} by the register, as ${facets.show} by the manifest`);
      const purposes = functions.map(({ purpose }) => purpose);
      for (const purpose of facets.purposes.filter((word) => !purposes.includes(word))) {
        say(`is declared for ${purpose}, a function that does not name it`);
      }
      if (!uses.some((use) => use.column === place && use.code === code)) say('is sealed by no field() of this code');
    }
  }
  return [...findings, ...uses.flatMap((use) => useFindings(use, columns))];
}

function useFindings({ place, column, purposes, code }: FieldUse, columns: Map<string, PersonalFacets>): Finding[] {
  const facets = columns.get(column);
  if (!facets) return [{ place, problem: `seals ${column}, which is not declared` }];
  const more = purposes.filter((purpose) => !facets.purposes.some((declared) => declared === purpose));
  const found = more.map((purpose) => ({
    place,
    problem: `opens ${column} for ${purpose}, which it is not there for`,
  }));
  const definition = FIELDS.find((field) => field.columns.includes(column));
  if (definition?.code !== code) found.push({ place, problem: `calls ${column} ${code}, not ${definition?.code}` });
  return found;
}

/** Every sensitive column is a field of the register, or is listed with the reason why nobody is asked about it. */
export function sensitiveFindings(manifest: Manifest, elsewhere = SENSITIVE_ELSEWHERE): Finding[] {
  const known = new Set(FIELDS.flatMap(({ columns }) => columns));
  const sensitive = [...facetsOf(manifest)].filter(([, { tier }]) => tier === 'T3').map(([place]) => place);
  const stale = Object.keys(elsewhere).filter((place) => !sensitive.includes(place));
  return [
    ...sensitive
      .filter((place) => !known.has(place) && !(place in elsewhere))
      .map((place) => ({ place, problem: 'is sensitive, and no field of the register' })),
    ...stale.map((place) => ({ place, problem: 'is listed as sensitive elsewhere and is not' })),
  ];
}

/**
 * Whose data it is (P-0209): of the tenant that the row names. The platform is a tenant of its own, and what lies under
 * it is the platform's own responsibility. A personal column of a table without a tenant belongs to nobody.
 */
export function controllerFindings(entities: readonly ProductEntity[], manifest: Manifest): Finding[] {
  return manifest.tables.flatMap(({ table, entries }) => {
    if (!entries.some(({ declared }) => declared.personal)) return [];
    const described = entities.find((entity) => entity.table === table)?.described ?? [];
    const tenant = described.find(({ column }) => column === 'tenant_id');
    if (!tenant) return [{ place: table, problem: 'holds personal data of no controller: it has no tenant_id' }];
    return tenant.nullable ? [{ place: table, problem: 'may hold personal data of no controller' }] : [];
  });
}

/** Facets by `table.column`; inside JSON by `table.column:path`. */
function facetsOf({ tables }: Manifest): Map<string, PersonalFacets> {
  const facets = new Map<string, PersonalFacets>();
  for (const { table, entries } of tables) {
    for (const { column, path, declared } of entries) {
      if (declared.personal) facets.set(path ? `${table}.${column}:${path}` : `${table}.${column}`, declared.facets);
    }
  }
  return facets;
}

function visit(file: SourceFile, each: (node: ts.Node, source: ts.SourceFile) => void): void {
  const source = parse(file);
  const walk = (node: ts.Node): void => {
    each(node, source);
    ts.forEachChild(node, walk);
  };
  walk(source);
}

/** Where a purpose stands in a node, if it is one that names purposes. */
function purposeNodes(node: ts.Node): readonly ts.Expression[] {
  if (ts.isPropertyAssignment(node) && /^purposes?$/.test(node.name.getText())) return [node.initializer];
  if (ts.isVariableDeclaration(node) && node.initializer && /(^|_)purposes?$/i.test(node.name.getText())) {
    return [node.initializer];
  }
  if (!ts.isCallExpression(node)) return [];
  const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
  const place = PURPOSE_ARGUMENT[name];
  const argument = place === undefined ? undefined : node.arguments.at(place);
  return argument ? [argument] : [];
}

/** Words that an expression can be: literals, lists, choices, constants of the same file. */
function literals(node: ts.Expression, source: ts.SourceFile): { readonly text: string; readonly pos: number }[] {
  if (ts.isStringLiteralLike(node)) {
    return PURPOSE_WORD.test(node.text) || node.text.includes('_') || node.text.includes('.')
      ? [{ text: node.text, pos: node.getStart() }]
      : [];
  }
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) {
    return literals(node.expression, source);
  }
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((element) => literals(element, source));
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap((one) => literals(one, source));
  if (ts.isBinaryExpression(node)) return [node.left, node.right].flatMap((one) => literals(one, source));
  if (!ts.isIdentifier(node)) return [];
  const constant = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => name.getText() === node.text);
  return constant?.initializer ? literals(constant.initializer, source) : [];
}
