import { newId } from '@libs/kernel';
import { DEFAULT_REGISTER, type FieldCode, type Register, registerProblems } from '@libs/privacy-core';
import type { FunctionChange } from '../model.js';
import type { ConsentProcess } from '../processes.js';
import { Difference, type World } from '../world.js';

export async function change(world: World, by: ConsentProcess, change: FunctionChange): Promise<void> {
  const { purpose, basis, months, enabled, recipients, fields } = change;
  const activities = world.register.activities.map((one) =>
    one.purpose === purpose
      ? {
          ...one,
          enabled: enabled ?? one.enabled,
          basis: basis ?? one.basis,
          retainMonths: months ?? one.retainMonths,
          recipients: recipients ?? one.recipients,
          fields: fields ?? one.fields,
        }
      : one,
  );
  const next = { ...world.register, activities };
  if (registerProblems(next, DEFAULT_REGISTER).length > 0) return;
  await instruct(world, by, next);
  world.model.change(change);
  const version = world.register.activities.find((one) => one.purpose === purpose)!.consentVersion;
  const expected = world.model.functions.get(purpose)!.version;
  if (version !== expected) throw new Difference(`${purpose} has version ${version}, not ${expected}`);
}

export async function see(
  world: World,
  by: ConsentProcess,
  role: string,
  code: FieldCode,
  visibility: string,
): Promise<void> {
  const fields = world.register.fields.map((one) =>
    one.field === code ? { ...one, roles: { ...one.roles, [role]: visibility } } : one,
  ) as Register['fields'];
  await instruct(world, by, { ...world.register, fields });
  world.model.sees(role, code, visibility);
}

/** A new version of the register, by somebody who has the newest one before them. */
async function instruct(world: World, by: ConsentProcess, register: Register): Promise<void> {
  const who = { tenantId: world.tenantId, memberId: newId(), correlationId: 'model' };
  const baseVersion = world.model.registerVersion;
  const made = await by.register.change(who, { baseVersion, register, note: 'model', approvalId: newId() });
  if (made.version !== baseVersion + 1) throw new Difference(`the register has version ${made.version}`);
  world.register = made.register;
}
