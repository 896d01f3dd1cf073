import type { Log } from '@libs/logging';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_JSON, type Problem, problemOf } from './problem.js';

/** The one place where an error becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error, request.id);
    this.write(error, problem, request);
    if (reply.sent || reply.raw.headersSent) return;
    sendProblem(reply, problem);
  }

  private write(error: unknown, { code, status }: Problem, request: FastifyRequest): void {
    const fields = { requestId: request.id, code, status };
    if (status >= 500) this.log.error('http.failed', { ...fields, err: error });
    else this.log.info('http.refused', fields);
  }
}

/** Sends a problem as the answer. */
export function sendProblem(reply: FastifyReply, problem: Problem): void {
  if (problem.status === 503) reply.header('retry-after', '5');
  const wait = problem.status === 429 ? problem.details?.retryAfterMs : undefined;
  if (typeof wait === 'number') reply.header('retry-after', String(Math.max(1, Math.ceil(wait / 1000))));
  void reply.status(problem.status).header('content-type', PROBLEM_JSON).send(JSON.stringify(problem));
}
