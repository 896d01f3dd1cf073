// Tests of the console have the `window` of a page: outside a page its query library never throws anything away.
globalThis.window ??= globalThis;
