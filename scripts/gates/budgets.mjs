import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { isTest, lineOf, parse, walk } from './tree.mjs';

/** Gated: lines of a file (of a test), parameters of a constructor, lines of a function outside of tests. */
export const BUDGETS = { fileLines: 400, testLines: 600, constructorParameters: 6, functionLines: 60 };

/** Measures one file: `{ path, lines, test, functions: [{ name, line, lines }], constructors: [{ line, parameters }] }`. */
export function measureFile(file) {
  const functions = [];
  const constructors = [];
  walk(parse(file), (node) => {
    if (ts.isConstructorDeclaration(node))
      constructors.push({ line: lineOf(node), parameters: node.parameters.length });
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return;
    functions.push({ name: nameOf(node), line: lineOf(node), lines: node.getText().split('\n').length });
  });
  const lines = file.text.split('\n').length - (file.text.endsWith('\n') ? 1 : 0);
  return { path: file.path, lines, test: isTest(file.path), functions, constructors };
}

/** What is over a gated budget. */
export function overBudget(measures) {
  return measures.flatMap(({ path, lines, test, functions, constructors }) => {
    const budget = test ? BUDGETS.testLines : BUDGETS.fileLines;
    const file =
      lines > budget ? [{ rule: 'file-length', path, line: lines, why: `${lines} lines, at most ${budget}.` }] : [];
    const wide = constructors
      .filter(({ parameters }) => parameters > BUDGETS.constructorParameters)
      .map(({ line, parameters }) => ({
        rule: 'constructor-width',
        path,
        line,
        why: `${parameters} parameters, at most ${BUDGETS.constructorParameters}.`,
      }));
    // The block around the cases of a spec is a function as well; its length says nothing.
    const long = functions
      .filter((entry) => !test && entry.lines > BUDGETS.functionLines)
      .map((entry) => ({
        rule: 'function-length',
        path,
        line: entry.line,
        why: `${entry.name} has ${entry.lines} lines, at most ${BUDGETS.functionLines}.`,
      }));
    return [...file, ...wide, ...long];
  });
}

/** Numbers for people: medians of production code. */
export function report(measures) {
  const product = measures.filter(({ path, test }) => !test && /^(apps|libs)\//.test(path));
  const functions = product.flatMap((file) => file.functions);
  return {
    files: product.length,
    medianFileLines: median(product.map(({ lines }) => lines)),
    medianFunctionLines: median(functions.map(({ lines }) => lines)),
  };
}

const SERVICES = ['account', 'chat', 'ticket', 'crm', 'privacy', 'standalone'];

/** Build targets whose entry file is missing: six processes, two browser apps. */
export function missingEntries(root) {
  const entries = [
    ...SERVICES.map((name) => `apps/${name}/src/main.ts`),
    'apps/console/src/main.tsx',
    'apps/widget/src/loader/loader.ts',
  ];
  return entries
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => ({ rule: 'build-target', path, line: 0, why: 'A build target has no entry file.' }));
}

function nameOf(node) {
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return named?.getText() ?? '(anonymous)';
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
