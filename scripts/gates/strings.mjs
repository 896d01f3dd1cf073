import ts from 'typescript';
import { parse, walk } from './tree.mjs';

/** Which argument is the title. */
const TITLE_AT = { it: 0, test: 0, describe: 0, describeColumns: 0, describeColumn: 1, describeWhere: 1 };

/** String literals of a file that match `pattern` as a whole. */
export function stringsOf(file, pattern) {
  const found = [];
  walk(parse(file), (node) => {
    if (ts.isStringLiteralLike(node) && pattern.test(node.text)) found.push(node.text);
  });
  return found;
}

/** Titles of all tests and groups of tests, with their file; a journey lies in a file of its own, which suites import. */
export function testTitles(files) {
  return files
    .filter(({ path }) => /\.(\w*-?spec\.(ts|tsx|mjs)|journey\.ts)$/.test(path))
    .flatMap((file) => {
      const titles = [];
      walk(parse(file), (node) => {
        if (!ts.isCallExpression(node)) return;
        const title = node.arguments[titleAt(node.expression)];
        if (title !== undefined && textOf(title) !== '') titles.push({ path: file.path, title: textOf(title) });
      });
      return titles;
    });
}

/** Of `it(`, `describe.each(rows)(`, `describeColumn(`. */
function titleAt(callee) {
  if (ts.isIdentifier(callee)) return TITLE_AT[callee.text];
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return titleAt(callee.expression);
  return undefined;
}

function textOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? node.head.text : '';
}
