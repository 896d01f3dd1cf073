// `npm start`: from an empty clone to a running Custodia. Checks Node before it loads anything newer than old Nodes read.
import { judgeNode } from './setup/node-version.mjs';

const verdict = judgeNode(process.versions.node);
if (verdict.problem) {
  console.error(verdict.problem);
  process.exit(1);
}
if (verdict.note) console.log(verdict.note);
import('./setup/start-server.mjs').then((module) => module.startServer());
