import { runInTenant } from '@libs/tenancy';
import type { Action } from './actions.js';
import { check } from './comparison.js';
import type { ConsentModel } from './model.js';
import type { ConsentProcess, Processes } from './processes.js';
import { deny, faulty, grant, replay, withdrawAll } from './verbs/decisions.js';
import { change, see } from './verbs/instructions.js';
import { born, guard, link, unlink } from './verbs/people.js';
import { write } from './verbs/writes.js';
import { World } from './world.js';

/** One workspace with a few people, in the product and in the model. */
export class ConsentWorld {
  private constructor(private readonly world: World) {}

  static async open(processes: Processes, people: number): Promise<ConsentWorld> {
    const world = new ConsentWorld(new World(processes, await processes.tenant()));
    for (let count = 0; count < people; count += 1) await world.apply({ kind: 'born', by: 0 });
    return world;
  }

  get model(): ConsentModel {
    return this.world.model;
  }

  /** Does one step in the product and in the model. */
  async apply(action: Action): Promise<void> {
    const { processes, tenantId } = this.world;
    const by = processes.both['by' in action ? action.by : 0];
    await runInTenant({ tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'model' }, () =>
      does(this.world, action, by),
    );
    if (action.kind !== 'clock' && action.kind !== 'write') this.world.isSettled = false;
  }

  settled(): void {
    this.world.isSettled = true;
  }

  /** Compares everything that either process would serve with what the model allows. */
  async check(withFaces: boolean): Promise<void> {
    await check(this.world, withFaces);
  }
}

async function does(world: World, action: Action, by: ConsentProcess): Promise<void> {
  switch (action.kind) {
    case 'born':
      return born(world, by);
    case 'grant':
      return action.fault
        ? faulty(world, by, action.person, action.about, action.fault)
        : grant(world, by, action.person, action.about);
    case 'refuse':
    case 'withdraw':
      return deny(world, by, action.person, action.about, action.kind);
    case 'withdraw-all':
      return withdrawAll(world, by, action.person);
    case 'replay':
      return replay(world, by, action.which);
    case 'link':
      return link(world, by, action.one, action.other);
    case 'unlink':
      return unlink(world, by, action.pair);
    case 'guard':
      return guard(world, by, action.person, action.guarded);
    case 'change':
      return change(world, by, action.change);
    case 'see':
      return see(world, by, action.role, action.field, action.visibility);
    case 'write':
      return write(world, by, action.person, action.purpose, action.field);
    case 'clock':
      world.processes.clock.advance(action.ms);
  }
}
