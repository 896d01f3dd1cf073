import { newId } from '@libs/kernel';
import { type FieldCode, PURPOSES, type Purpose } from '@libs/privacy-core';
import type { ConsentProcess } from './processes.js';
import { VALUES } from './verbs/people.js';
import { Difference, type World } from './world.js';

const READERS: readonly (readonly [role: string, purpose: Purpose])[] = [
  ['agent', 'customer-relations'],
  ['supervisor', 'customer-relations'],
  ['admin', 'marketing'],
  ['privacy-officer', 'subject-request'],
];

/** Compares everything that either process would serve with what the model allows. */
export async function check(world: World, withFaces: boolean): Promise<void> {
  for (const process of world.processes.both) await process.gate.load(world.tenantId, world.ids);
  for (const person of world.model.people.keys()) {
    for (const purpose of PURPOSES) {
      const named = world.model.functions.get(purpose)!.fields;
      for (const code of new Set<FieldCode>([...named.keys(), 'contact.name'])) compare(world, purpose, code, person);
    }
  }
  if (withFaces) for (const process of world.processes.both) await compareFaces(world, process);
}

function compare(world: World, purpose: Purpose, code: FieldCode, person: number): void {
  const expected = world.model.mayBeServed(purpose, code, person);
  for (const { consents } of world.processes.both) {
    const ground = consents.groundNow(world.tenantId, purpose, code, world.ids[person]!);
    if (ground?.allowed === expected) continue;
    const why = ground && !ground.allowed ? ground.reason : String(ground?.allowed);
    throw new Difference(`${purpose} ${code} of ${person}: the model says ${expected}, the product ${why}`);
  }
}

async function compareFaces(world: World, { gate }: ConsentProcess): Promise<void> {
  for (const [role, purpose] of READERS) {
    const cells = world.cells.map((row) => row.filter(({ spec }) => spec.purposes.includes(purpose)));
    const reader = { tenantId: world.tenantId, memberId: newId(), role, purpose, correlationId: 'model' };
    const rows = await gate.faces({ ...reader, range: `contacts ${cells.length}` }, cells);
    for (const [person, row] of cells.entries()) {
      for (const [index, { spec }] of row.entries()) {
        const shown = rows[person]![index]!;
        const expected = world.model.face(role, purpose, spec.code!, person);
        const value = VALUES[spec.code!]!;
        const isRight =
          shown.face === expected && (expected !== 'plain' || ('value' in shown && shown.value === value));
        const leaks = expected !== 'plain' && JSON.stringify(shown).includes(value);
        if (isRight && !leaks) continue;
        throw new Difference(`${role} sees ${spec.code} of ${person} as ${JSON.stringify(shown)}, not ${expected}`);
      }
    }
  }
}
