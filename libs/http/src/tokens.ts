/** Token of the frozen settings. */
export const CONFIG = Symbol('CONFIG');

/** Token of the application log. */
export const LOG = Symbol('LOG');
