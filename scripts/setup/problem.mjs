/** Something the reader can mend; its message says how, so no stack is printed. */
export class SetupProblem extends Error {}
