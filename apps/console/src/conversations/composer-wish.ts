let wanted: string | undefined;

/** Whoever opens or takes a conversation goes on to write: open, type, send. */
export function wishForComposer(conversationId: string): void {
  wanted = conversationId;
}

/** True once. On touch screens the keyboard would cover what was opened to be read. */
export function composerWished(conversationId: string): boolean {
  const wished = wanted === conversationId;
  if (wished) wanted = undefined;
  return wished && window.matchMedia('(pointer: fine)').matches;
}
