import ts from 'typescript';

const SERVICE = /^apps\/[^/]+\/src\/.*\.ts$/;
const VERBS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'All']);

/** Every handler of every controller with its doc comment: `{ path, line, controller, handler, text }`. */
export function endpointDocs(files) {
  return files.filter(({ path, text }) => SERVICE.test(path) && text.includes('@Controller(')).flatMap(handlersOf);
}

/** An endpoint without a doc comment: it is what docs/openapi.json says of it. */
export function checkEndpointDocs(files) {
  return endpointDocs(files)
    .filter(({ text }) => text === '')
    .map(({ path, line, controller, handler }) => ({
      ...{ rule: 'endpoint-docs', path, line },
      why: `${controller}.${handler} needs a doc comment: what it does, its errors, its requirement`,
    }));
}

function handlersOf({ path, text }) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return source.statements.filter(ts.isClassDeclaration).flatMap((one) =>
    one.members
      .filter((member) => ts.isMethodDeclaration(member) && isEndpoint(member))
      .map((member) => ({
        path,
        line: source.getLineAndCharacterOfPosition(member.getStart()).line + 1,
        controller: one.name?.text ?? '',
        handler: member.name.getText(),
        text: docOf(member),
      })),
  );
}

function isEndpoint(member) {
  return (ts.getDecorators(member) ?? []).some(
    ({ expression }) => ts.isCallExpression(expression) && VERBS.has(expression.expression.getText()),
  );
}

function docOf(member) {
  const [doc] = ts.getJSDocCommentsAndTags(member);
  return (ts.getTextOfJSDocComment(doc?.comment) ?? '').replace(/\s+/g, ' ').trim();
}
