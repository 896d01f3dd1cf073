import ts from 'typescript';
import { parse, walk } from './tree.mjs';

const TESTS = new Set(['it', 'test', 'describe']);

/** String literals of a file that match `pattern` as a whole. */
export function stringsOf(file, pattern) {
  const found = [];
  walk(parse(file), (node) => {
    if (ts.isStringLiteralLike(node) && pattern.test(node.text)) found.push(node.text);
  });
  return found;
}

/** Titles of all tests and groups of tests, with their file. */
export function testTitles(files) {
  return files
    .filter(({ path }) => /spec\.(ts|tsx|mjs)$/.test(path))
    .flatMap((file) => {
      const titles = [];
      walk(parse(file), (node) => {
        if (!ts.isCallExpression(node) || !isTestCall(node.expression)) return;
        const [title] = node.arguments;
        if (title !== undefined && textOf(title) !== '') titles.push({ path: file.path, title: textOf(title) });
      });
      return titles;
    });
}

/** `it(`, `it.skipIf(x)(`, `describe.each(rows)(`. */
function isTestCall(callee) {
  if (ts.isIdentifier(callee)) return TESTS.has(callee.text);
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return isTestCall(callee.expression);
  return false;
}

function textOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? node.head.text : '';
}
