import { FIRST_STEPS, type FirstRun, type FirstStep } from '@libs/contracts';

export function doneOf({ steps }: FirstRun): number {
  return FIRST_STEPS.filter((step) => steps[step] !== null).length;
}

/** The step that is next: the first that has not happened. */
export function nextOf({ steps }: FirstRun): FirstStep | undefined {
  return FIRST_STEPS.find((step) => steps[step] === null);
}

/** From the snippet on the site to the first answer; undefined where one came without the other, or before it. */
export function fromInstall({ steps }: FirstRun): number | undefined {
  const { snippet, answer } = steps;
  return snippet === null || answer === null || answer < snippet ? undefined : answer - snippet;
}
