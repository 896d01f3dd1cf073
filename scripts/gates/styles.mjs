// Styles of the console. A page brings only the styles that its own modules import: whatever else they lean on happens
// to be there until somebody reloads. And a selector with rules in two files looks as the order of loading has it.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import ts from 'typescript';
import { lineOf, parse, walk } from './tree.mjs';

const FOLDER = 'apps/console/src';
/** Loaded with every page. */
const ENTRY = `${FOLDER}/main.tsx`;
/** Around each page of the workspace, which the routes say by the name of its route. */
const SHELL = `${FOLDER}/shell/shell.tsx`;
const IN_SHELL = /getParentRoute: \(\) => workspace\b/;
/** The one file whose rules may name elements. */
const BASE = `${FOLDER}/theme/base.css`;

/** Every style sheet of the console as `{ path, text }`. */
export function readStyles(root) {
  let entries;
  try {
    entries = readdirSync(join(root, FOLDER), { recursive: true, withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.css'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Both gates over the sources and the style sheets of a tree. */
export function scanStyles(files, styles) {
  return [...sharedSelectors(styles), ...unstyledClasses(files, styles)];
}

/** The selectors of a sheet with their lines, those below conditions too; steps of an animation are none. */
function selectorsOf({ text }) {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  const found = [];
  const open = [];
  let from = 0;
  for (let at = 0; at < bare.length; at += 1) {
    if (bare[at] === ';') from = at + 1;
    if (bare[at] === '}') {
      open.pop();
      from = at + 1;
    }
    if (bare[at] !== '{') continue;
    const head = bare.slice(from, at);
    const line = bare.slice(0, from + head.search(/\S/)).split('\n').length;
    if (!head.trim().startsWith('@') && !open.some((outer) => outer.startsWith('@keyframes'))) {
      for (const part of head.split(/,(?![^(]*\))/)) found.push({ selector: part.trim().replace(/\s+/g, ' '), line });
    }
    open.push(head.trim());
    from = at + 1;
  }
  return found;
}

function sharedSelectors(styles) {
  const owner = new Map();
  const problems = [];
  for (const sheet of styles) {
    for (const { selector, line } of selectorsOf(sheet)) {
      const first = owner.get(selector) ?? sheet.path;
      owner.set(selector, first);
      if (first !== sheet.path) {
        const why = `"${selector}" has rules in ${first} too: share one rule, or give yours a name of its own.`;
        problems.push({ rule: 'one-sheet-per-selector', path: sheet.path, line, why });
      }
      if (sheet.path !== BASE && !/[.#:[]/.test(selector)) {
        const why = `"${selector}" reaches elements of every page: name a class.`;
        problems.push({ rule: 'no-bare-elements', path: sheet.path, line, why });
      }
    }
  }
  return problems;
}

/** Each class that a module names must have a rule in a sheet that every page with this module loads. */
function unstyledClasses(files, styles) {
  const modules = new Map(files.filter(({ path }) => path.startsWith(`${FOLDER}/`)).map((file) => [file.path, file]));
  const classes = new Map(styles.map((sheet) => [sheet.path, classesOf(sheet)]));
  const links = new Map([...modules.values()].map((file) => [file.path, importsOf(file, modules, classes)]));
  const always = reach(ENTRY, links);
  const around = reach(SHELL, links);
  const pages = [...links.values()].flatMap(({ later }) => later);
  const problems = new Map();
  for (const { path: page, inShell } of [{ path: ENTRY, inShell: false }, ...pages]) {
    const loaded = new Set([...always, ...(inShell ? around : []), ...reach(page, links)]);
    const known = new Set([...loaded].flatMap((path) => [...(classes.get(path) ?? [])]));
    for (const path of loaded) {
      for (const { name, line } of path.endsWith('.tsx') ? usedIn(modules.get(path)) : []) {
        if (isKnown(name, known) || problems.has(`${path} ${name}`)) continue;
        const why = `no sheet that ${page} loads has a rule for the class "${name}": import the sheet beside its use.`;
        problems.set(`${path} ${name}`, { rule: 'styled-classes', path, line, why });
      }
    }
  }
  return [...problems.values()];
}

function isKnown(name, known) {
  return name.endsWith('*') ? [...known].some((one) => one.startsWith(name.slice(0, -1))) : known.has(name);
}

function classesOf(sheet) {
  return new Set(
    selectorsOf(sheet).flatMap(({ selector }) => [...selector.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name]) => name)),
  );
}

/** What comes with a module, and what it fetches when it is wanted. */
function importsOf(file, modules, sheets) {
  const now = [];
  const later = [];
  const found = (name) => {
    const path = posix.join(posix.dirname(file.path), name);
    const source = path.replace(/\.js$/, '');
    return [path, `${source}.ts`, `${source}.tsx`].find((one) => modules.has(one) || sheets.has(one));
  };
  walk(parse(file), (node) => {
    const isLink = ts.isImportDeclaration(node) ? !node.importClause?.isTypeOnly : ts.isExportDeclaration(node);
    if (isLink && node.moduleSpecifier) now.push(found(node.moduleSpecifier.text));
    if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return;
    const path = found(node.arguments[0].text ?? '');
    const route = ts.findAncestor(node, (outer) => ts.isVariableStatement(outer))?.getText() ?? '';
    if (path) later.push({ path, inShell: IN_SHELL.test(route) });
  });
  return { now: now.filter(Boolean), later };
}

function reach(from, links) {
  const seen = new Set([from]);
  for (const path of seen) for (const next of links.get(path)?.now ?? []) seen.add(next);
  return seen;
}

/** Classes that attributes of elements name; `bar-*` where the rest is put in when it runs. */
function usedIn(file) {
  const used = [];
  const add = (node, text) => {
    for (const name of text.split(/\s+/)) if (name !== '' && name !== '*') used.push({ name, line: lineOf(node) });
  };
  const collect = (node) => {
    if (ts.isBinaryExpression(node) && /^[!=]==$/.test(node.operatorToken.getText())) return;
    if (ts.isStringLiteralLike(node)) add(node, node.text);
    if (ts.isTemplateExpression(node)) {
      // The end of a name that begins with a value cannot be known.
      const text = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('*');
      add(node, text.replace(/\*\S+/g, '*'));
    }
    ts.forEachChild(node, collect);
  };
  walk(parse(file), (node) => {
    if (ts.isJsxAttribute(node) && node.name.getText() === 'className' && node.initializer) collect(node.initializer);
  });
  return used;
}
