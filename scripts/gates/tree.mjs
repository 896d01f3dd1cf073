import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const FOLDERS = ['apps', 'libs', 'test', 'scripts', 'bench'];
const SKIPPED = new Set(['node_modules', 'dist', 'generated', 'vectors', 'public']);
const SOURCE = /\.(ts|tsx|mts|mjs|cjs|js)$/;

/** True for files that only tests use. */
export function isTest(path) {
  return /(\.(spec|medium-spec|e2e-spec|fixture)\.\w+$|^test\/|\/testing\/)/.test(path);
}

/** Every source file below `root` as `{ path, text }`; paths are relative, with slashes. */
export function readTree(root) {
  const files = [];
  for (const folder of FOLDERS) collect(root, join(root, folder), files);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function collect(root, folder, files) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) collect(root, path, files);
    else if (entry.isFile() && SOURCE.test(entry.name)) {
      files.push({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') });
    }
  }
}

const parsed = new WeakMap();

/** The syntax tree of one file, with parents; parsed once. */
export function parse(file) {
  const { path, text } = file;
  const known = parsed.get(file);
  if (known) return known;
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : undefined;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  parsed.set(file, source);
  return source;
}

/** Calls `visit` for every node below `node`, itself included. */
export function walk(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** Line of a node, counted from 1. */
export function lineOf(node) {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
}
