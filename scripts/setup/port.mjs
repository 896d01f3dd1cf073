import { createServer } from 'node:net';
import { SetupProblem } from './problem.mjs';

/** The port from the environment text; refuses what is no port. */
export function parsePort(text) {
  const trimmed = (text ?? '').trim();
  if (trimmed === '') return 3000;
  const port = Number(trimmed);
  if (!/^\d+$/.test(trimmed) || port < 1 || port > 65_535) {
    throw new SetupProblem(`PORT must be a number from 1 to 65535, not "${trimmed}". Try: PORT=3001 npm start`);
  }
  return port;
}

function tryListen(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.code));
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(undefined)));
  });
}

/** Refuses a port that cannot be opened on 127.0.0.1, with the way out. */
export async function assertPortFree(port) {
  const problem = await tryListen(port);
  if (problem === undefined) return;
  const other = port === 65_535 ? 3000 : port + 1;
  if (problem === 'EADDRINUSE') {
    throw new SetupProblem(
      `Port ${port} is in use, perhaps by a Custodia that is already running (http://127.0.0.1:${port}).\n` +
        `Stop that program, or choose another port: PORT=${other} npm start`,
    );
  }
  const reason = problem === 'EACCES' ? 'this account may not open it' : problem;
  throw new SetupProblem(`Port ${port} cannot be opened: ${reason}. Choose another one: PORT=3001 npm start`);
}
