/** Business hours as routing asks for them; bound to `apps/chat/src/hours`. */
export interface Hours {
  /** `hoursId` null = those of the workspace; true where there are none. */
  isOpen(tenantId: string, hoursId: string | null, at: number): Promise<boolean>;
}

export const HOURS = Symbol('Hours');
