import type { FieldCode, Purpose } from '@libs/privacy-core';
import type { ConsentProcess } from '../processes.js';
import { accepted, Difference, type World } from '../world.js';

/** A write through a process that may not have heard yet: the commit itself knows. */
export async function write(
  world: World,
  by: ConsentProcess,
  person: number,
  purpose: Purpose,
  code: FieldCode,
): Promise<void> {
  const subjectId = world.ids[person]!;
  const isAllowed = world.model.mayBeServed(purpose, code, person);
  await by.gate.load(world.tenantId, [subjectId]);
  const step = by.gate.step({ purpose, subjectId, fields: [code] });
  const result = await accepted(world.submit(by, purpose, subjectId, [step]));
  const isTaken = typeof result !== 'string';
  if (isTaken && !isAllowed) throw new Difference(`${code} of ${person} was written for ${purpose} without a ground`);
  if (!isTaken && isAllowed && world.isSettled) {
    throw new Difference(`${code} of ${person} was not written for ${purpose}: ${result}`);
  }
}
