/**
 * A process that a test kills: `node crash-child.js '<job as JSON>'`. It tells what has been acknowledged on standard
 * output, one line each, written before the next step begins.
 */
import { writeSync } from 'node:fs';
import { newId, systemClock } from '@libs/kernel';
import { fieldAad, sealValue } from '@libs/privacy-core';
import { SubjectDestruction } from '../destruction/subject-destruction.js';
import { KekRotation } from '../key-ladder/kek-rotation.js';
import { KeyService } from '../key-ladder/key.service.js';
import { type KeyColumn, type OpenColumn, openColumn, writeRow } from './key-column.js';
import './declared-fields.js';

export type CrashWork = 'write' | 'create' | 'rotate' | 'destroy' | 'resume';

export interface CrashJob {
  readonly column: KeyColumn;
  readonly tenant: string;
  readonly work: CrashWork;
  /** What it does after that: a process has its price, and a test needs a hundred. */
  readonly next?: CrashWork;
  /** Name of the step after which the process kills itself. */
  readonly crashAt?: string;
  readonly subjectId?: string;
}

/** One acknowledged person: the parent must be able to open `sealed`. */
export interface Acknowledged {
  readonly subjectId: string;
  readonly sealed: string;
}

function onStep(job: CrashJob): (step: string) => void {
  return (step) => {
    if (step === job.crashAt) process.kill(process.pid, 'SIGKILL');
  };
}

/** Kills the process after the named call of a port has taken effect. */
function crashing<T extends object>(port: T, prefix: string, step: (name: string) => void): T {
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...values: unknown[]) => {
        const result: unknown = await member.apply(target, values);
        step(`${prefix}.${String(name)}`);
        return result;
      };
    },
  });
}

function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

async function createOne(keys: KeyService, job: CrashJob, subjectId: string): Promise<void> {
  await keys.createSubject(job.tenant, subjectId, ['content']);
  const key = keys.fieldKey(job.tenant, subjectId, 'content', 'chat_message.body', 'support-conversation')?.bytes;
  if (!key) throw new Error('no key after createSubject');
  const aad = fieldAad(job.tenant, subjectId, 'chat_message', 'body', '1');
  const sealed = sealValue(key, aad, subjectId).toString('base64');
  writeRow(job.column, subjectId);
  say({ subjectId, sealed } satisfies Acknowledged);
}

async function run(job: CrashJob, ports: OpenColumn): Promise<void> {
  const step = onStep(job);
  const crashes = job.work === 'create';
  const kms = crashes ? crashing(ports.kms, 'kms', step) : ports.kms;
  const store = crashes ? crashing(ports.store, 'store', step) : ports.store;
  const keys = new KeyService(kms, store, systemClock);
  const destruction = new SubjectDestruction(keys, store, systemClock, ports, step);
  const rotation = new KekRotation(kms, store, systemClock, { copies: ports.copies, onStep: step });
  if (job.work === 'rotate') await rotation.rotateTenantKek(job.tenant);
  if (job.work === 'resume') await destruction.resumeDestructions();
  if (job.work === 'destroy') await destruction.destroySubject(job.tenant, job.subjectId!);
  if (job.work === 'create') await createOne(keys, job, job.subjectId!);
  if (job.work === 'write') {
    for (;;) {
      await createOne(keys, job, newId());
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

const job = JSON.parse(process.argv[2]!) as CrashJob;
const ports = await openColumn(job.column);
await run(job, ports);
if (job.next) await run({ ...job, work: job.next }, ports);
await ports.store.close();
