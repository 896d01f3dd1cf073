import ts from 'typescript';
import { isTest, lineOf, parse, walk } from './tree.mjs';

const BROWSER = /^apps\/(widget|console)\//;
const PRODUCT = /^(apps|libs)\//;
const BUILD_CONFIG = /(^|\/)(vite|vitest|vitest\.soak)\.config\.ts$/;
const NOT_SOURCE = /^(scripts|bench|test)\//;

/** What a start does without: clients of servers it may not have, the writer of the OpenAPI document, the schema's tool. */
const LATE = ['@nestjs/swagger', 'ioredis', 'minio', 'mysql2', 'nodemailer', 'typeorm'];

/**
 * One rule each: where it holds, what it finds, and who is exempt with the sentence that says why. An exemption without
 * a sentence, or one that exempts nobody any more, is itself a failure.
 */
export const RULES = [
  {
    name: 'no-forward-ref',
    why: 'Two modules that need each other are missing a third one.',
    finds: (node) => ts.isIdentifier(node) && node.text === 'forwardRef',
    exempt: [],
  },
  {
    name: 'no-global-modules',
    why: 'Who needs a module says so; only the composition root and the doors it binds are everywhere.',
    where: (path) => PRODUCT.test(path) && !isTest(path),
    finds: (node) => (ts.isDecorator(node) && isCallOf(node.expression, 'Global')) || isGlobalTrue(node),
    exempt: [
      { path: /^libs\/platform\//, why: 'the composition root' },
      { path: /^libs\/http\//, why: 'the door of every process: config, log and clock' },
      { path: /^libs\/auth\//, why: 'who is signed in is asked behind every door' },
    ],
  },
  {
    name: 'no-process-env',
    why: 'Settings are read once, checked and documented by libs/config.',
    where: (path) => PRODUCT.test(path) && !isTest(path),
    finds: (node) => isMember(node, 'process', 'env'),
    exempt: [
      { path: /^libs\/config\/src\/config\.ts$/, why: 'this is where settings are read' },
      { path: /^apps\/widget\/(vite\.config\.ts|build\.mjs)$/, why: 'chooses the part to build; not in the product' },
    ],
  },
  {
    name: 'time-from-the-clock',
    why: 'All time comes from the kernel’s Clock, so that every rule is tested by moving it.',
    where: (path) => PRODUCT.test(path) && !isTest(path),
    finds: (node) => isCallOfMember(node, 'Date', 'now') || isNewDateOfNow(node),
    exempt: [
      { path: /^libs\/kernel\/src\/clock\.ts$/, why: 'this is the Clock' },
      { path: /^libs\/database\/src\/sqlite\/sqlite-database\.ts$/, why: 'the clock of the database is the machine’s' },
      {
        path: /^libs\/events\/src\/journal\/consumer\.ts$/,
        why: 'when a timer of this process is due; no rule reads it',
      },
      { path: BROWSER, why: 'a browser has its own clock; no rule of privacy runs there' },
    ],
  },
  {
    name: 'randomness-from-the-kernel',
    why: 'Math.random can be guessed; ids and tokens come from the kernel.',
    finds: (node) => isMember(node, 'Math', 'random'),
    exempt: [],
  },
  {
    name: 'no-any',
    why: 'any switches the compiler off.',
    finds: (node) => node.kind === ts.SyntaxKind.AnyKeyword,
    exempt: [],
  },
  {
    name: 'no-switched-off-checks',
    why: 'A check that is wrong is mended, not silenced.',
    finds: (node) =>
      ts.isSourceFile(node) && commentsOf(node).find(({ text }) => /@ts-(ignore|nocheck)|eslint-disable/.test(text)),
    exempt: [],
  },
  {
    name: 'no-default-exports',
    why: 'A name that is imported is the name that was given.',
    finds: (node) => (ts.isExportAssignment(node) && !node.isExportEquals) || isExportedDefault(node),
    exempt: [{ path: BUILD_CONFIG, why: 'the tool asks for it' }],
  },
  {
    name: 'no-enums',
    why: 'A union of words is the same at run time and in the database.',
    finds: (node) => ts.isEnumDeclaration(node),
    exempt: [],
  },
  {
    name: 'no-optional-route-parts',
    why: 'A link takes over each part of the address that may be missing and that it does not name; make two routes.',
    where: (path) => BROWSER.test(path),
    finds: (node) => (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) && node.text.includes('{-$'),
    exempt: [],
  },
  {
    name: 'no-relations',
    why: 'Entities hold ids; unsetting a relation would set tenant_id to null.',
    where: (path) => PRODUCT.test(path),
    finds: (node) =>
      ts.isDecorator(node) &&
      ['ManyToOne', 'OneToMany', 'OneToOne', 'ManyToMany'].some((name) => isCallOf(node.expression, name)),
    exempt: [],
  },
  {
    name: 'no-silent-tests',
    why: 'A test that does not run proves nothing. What a machine may lack goes through describeColumns of libs/testing.',
    where: (path) => isTest(path) || /spec\.\w+$/.test(path),
    finds: (node) => isLeftOut(node) || isSwitchedOff(node),
    exempt: [{ path: /^libs\/testing\/src\/columns\.ts$/, why: 'the one place that skips: counted, and red under CI' }],
  },
  {
    name: 'no-standalone-branch',
    why: 'The embedded default lists the same modules; a branch would be a second product.',
    where: (path) => PRODUCT.test(path) && !isTest(path),
    finds: (node) => {
      if (ts.isIfStatement(node)) return /standalone/i.test(node.expression.getText());
      return ts.isConditionalExpression(node) && /standalone/i.test(node.condition.getText());
    },
    exempt: [],
  },
  {
    name: 'loaded-when-needed',
    why: 'Every start would load it, needed or not: import its types, and the rest with `await import()` where it is used.',
    where: (path) => PRODUCT.test(path) && !isTest(path),
    finds: (node) =>
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      isLate(node.moduleSpecifier?.text ?? '') &&
      !(ts.isImportDeclaration(node) ? node.importClause : node)?.isTypeOnly,
    exempt: [],
  },
  {
    name: 'no-unfinished-work',
    why: 'What is not done is in the list of requirements, not in a comment.',
    where: (path) => !NOT_SOURCE.test(path) || isTest(path),
    finds: (node) =>
      ts.isSourceFile(node) && commentsOf(node).find(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text)),
    exempt: [],
  },
];

/** What breaks a rule in one file: `{ rule, path, line, why }`. */
export function scanFile(file, used = new Set()) {
  const rules = RULES.filter(({ where }) => where === undefined || where(file.path));
  const problems = [];
  walk(parse(file), (node) => {
    for (const rule of rules) {
      const found = rule.finds(node);
      if (!found) continue;
      const exemption = rule.exempt.find(({ path }) => path.test(file.path));
      if (exemption) used.add(exemption);
      else problems.push({ rule: rule.name, path: file.path, line: found.line ?? lineOf(node), why: rule.why });
    }
  });
  return problems;
}

/** Scans all files and names exemptions that nobody needs any more. */
export function scanSources(files) {
  const used = new Set();
  const problems = files.flatMap((file) => scanFile(file, used));
  for (const { name, exempt } of RULES) {
    for (const exemption of exempt.filter((entry) => !used.has(entry) || entry.why.length < 10)) {
      problems.push({
        rule: name,
        path: String(exemption.path),
        line: 0,
        why: 'The exemption is unused or has no reason.',
      });
    }
  }
  return problems;
}

const LEAVES_OUT = new Set(['skip', 'skipIf', 'runIf', 'only', 'todo', 'fails']);
const TESTS = new Set(['it', 'test', 'describe', 'suite', 'bench']);

/** Every way in which vitest leaves a test out: a word after a dot, an option, or `xit()`. */
function isLeftOut(node) {
  if (ts.isPropertyAccessExpression(node) && LEAVES_OUT.has(node.name.text)) {
    return (ts.isCallExpression(node.parent) && node.parent.expression === node) || isTestCallee(node.expression);
  }
  return ['xit', 'fit', 'xtest', 'xdescribe', 'fdescribe'].some((name) => isCallOf(node, name));
}

/** `it('a', { skip: true }, run)`. */
function isSwitchedOff(node) {
  if (!ts.isPropertyAssignment(node) || !LEAVES_OUT.has(node.name.getText())) return false;
  const call = node.parent.parent;
  return ts.isCallExpression(call) && isTestCallee(call.expression);
}

/** `it`, `it.concurrent`, `describe.each(rows)`. */
function isTestCallee(node) {
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return isTestCallee(node.expression);
  return ts.isIdentifier(node) && TESTS.has(node.text);
}

/** A package of `LATE`, or a file in it such as `mysql2/promise`. */
function isLate(specifier) {
  return LATE.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

function isNamed(node, name) {
  return ts.isIdentifier(node) && node.text === name;
}

function isMember(node, object, property) {
  return ts.isPropertyAccessExpression(node) && isNamed(node.expression, object) && node.name.text === property;
}

function isCallOf(node, name) {
  return ts.isCallExpression(node) && isNamed(node.expression, name);
}

function isCallOfMember(node, object, property) {
  return ts.isCallExpression(node) && isMember(node.expression, object, property);
}

function isNewDateOfNow(node) {
  return ts.isNewExpression(node) && isNamed(node.expression, 'Date') && (node.arguments ?? []).length === 0;
}

function isGlobalTrue(node) {
  return (
    ts.isPropertyAssignment(node) && isNamed(node.name, 'global') && node.initializer.kind === ts.SyntaxKind.TrueKeyword
  );
}

function isExportedDefault(node) {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  );
}

/** Comments of a file with their lines; strings that look like comments are none. */
function commentsOf(source) {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, source.languageVariant, source.text);
  const comments = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind !== ts.SyntaxKind.SingleLineCommentTrivia && kind !== ts.SyntaxKind.MultiLineCommentTrivia) continue;
    const line = source.getLineAndCharacterOfPosition(scanner.getTokenStart()).line + 1;
    comments.push({ text: scanner.getTokenText(), line });
  }
  return comments;
}
