// Read by every Node that knows modules at all: nothing newer than what Node 14 parses.
const MINIMUM = [20, 19];
const PRODUCTION = 24;

/** `{ problem }` when this Node is too old, `{ note }` when it is not the one production is supported on. */
export function judgeNode(version) {
  const parts = version.split('.').map(Number);
  const tooOld = parts[0] < MINIMUM[0] || (parts[0] === MINIMUM[0] && parts[1] < MINIMUM[1]);
  if (tooOld) {
    return {
      problem:
        `Custodia needs Node ${MINIMUM.join('.')} or newer; this is Node ${version}.\n` +
        `Install Node ${PRODUCTION} from https://nodejs.org or with "nvm install ${PRODUCTION}" and try again.`,
    };
  }
  if (parts[0] < PRODUCTION) {
    return { note: `Node ${version} is fine for trying Custodia; production is supported on Node ${PRODUCTION}.` };
  }
  return {};
}
