import type { SeededRandom } from '../durability/seeded-random.js';
import { type Action, drawAction } from './actions.js';
import { ConsentWorld } from './consent-world.js';
import type { Processes } from './processes.js';
import { Difference } from './world.js';

const FIRST_PEOPLE = 3;
/** Tries to find a shorter run that fails too. */
const SHRINKING = 60;

/** So many rounds, then both processes read the feed: before that they may not have heard of each other. */
const ROUNDS_BETWEEN_READS = 4;
const FACES_EVERY = 5;

export interface RunOptions {
  readonly processes: Processes;
  readonly random: SeededRandom;
  readonly steps: number;
  /** Workspaces that live side by side. */
  readonly worlds: number;
  /** A workspace ends after so many steps, and a new one begins. */
  readonly life?: number;
  onProgress?(steps: number): void;
}

interface Life {
  readonly world: ConsentWorld;
  readonly history: Action[];
}

/** Runs that many steps; answers how many of each kind there were. Throws with the shortest failing run it finds. */
export async function runConsents(options: RunOptions): Promise<Readonly<Record<string, number>>> {
  const { processes, random, steps, worlds, life = 400 } = options;
  const counts: Record<string, number> = {};
  const lives: Life[] = [];
  for (let count = 0; count < worlds; count += 1) lives.push(await begin(processes));
  for (let done = 0, round = 1; done < steps; round += 1) {
    await Promise.all(
      lives.map(async ({ world, history }) => {
        const action = drawAction(random, world.model);
        history.push(action);
        counts[action.kind] = (counts[action.kind] ?? 0) + 1;
        await guarded(options, history, () => world.apply(action));
      }),
    );
    done += worlds;
    if (round % ROUNDS_BETWEEN_READS !== 0) continue;
    await readFeeds(processes);
    for (const [index, { world, history }] of lives.entries()) {
      world.settled();
      await guarded(options, history, () => world.check((round + index) % FACES_EVERY === 0));
      if (history.length >= life) lives[index] = await begin(processes);
    }
    options.onProgress?.(done);
  }
  return counts;
}

async function begin(processes: Processes): Promise<Life> {
  const world = await ConsentWorld.open(processes, FIRST_PEOPLE);
  await readFeeds(processes);
  world.settled();
  return { world, history: [] };
}

async function readFeeds(processes: Processes): Promise<void> {
  for (const { feed } of processes.both) await feed.poll();
  await processes.forgetFeed();
}

/** Turns a failure into the shortest list of steps that fails as well. */
async function guarded(options: RunOptions, history: readonly Action[], run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const shortest = await shrink(options.processes, [...history]);
    const lines = shortest.map((action) => JSON.stringify(action)).join('\n');
    const reason = error instanceof Difference ? error.message : String((error as Error).stack);
    throw new Error(`TEST_SEED=${options.random.seed}: ${reason}\n${shortest.length} steps show it:\n${lines}`, {
      cause: error,
    });
  }
}

/** Leaves out halves, quarters, … of the steps as long as what remains fails. Crude, and enough to read. */
async function shrink(processes: Processes, actions: readonly Action[]): Promise<readonly Action[]> {
  let shortest = actions;
  let tries = SHRINKING;
  for (let size = Math.ceil(shortest.length / 2); size >= 1 && tries > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < shortest.length && tries > 0; tries -= 1) {
      const without = [...shortest.slice(0, from), ...shortest.slice(from + size)];
      if (await fails(processes, without)) shortest = without;
      else from += size;
    }
  }
  return shortest;
}

async function fails(processes: Processes, actions: readonly Action[]): Promise<boolean> {
  const { world } = await begin(processes);
  try {
    for (const [index, action] of actions.entries()) {
      if (!isPossible(action, world)) continue;
      await world.apply(action);
      if (index % ROUNDS_BETWEEN_READS === 0 && index < actions.length - 1) continue;
      await readFeeds(processes);
      world.settled();
      await world.check(index === actions.length - 1);
    }
    return false;
  } catch {
    return true;
  }
}

/** A step about a person or a link that the shorter run does not have is left out. */
function isPossible(action: Action, { model }: ConsentWorld): boolean {
  const people = ['person', 'one', 'other'].flatMap((name) =>
    name in action ? [(action as never)[name] as number] : [],
  );
  return people.every((person) => person < model.people.length);
}
