import type { Me, PendingStep } from '@libs/contracts';
import { Observable } from '../live/observable.js';

type Role = Me['role'];

/** What the screens offer to a role. The server decides anew at each call; this only spares dead ends. */
const OFFICE: readonly Role[] = ['owner', 'admin', 'privacy-officer'];

export const rights = {
  converse: (role: Role) => role !== 'privacy-officer',
  /** Gives away conversations of others. */
  arrange: (role: Role) => role === 'owner' || role === 'admin' || role === 'supervisor',
  /** Sees how everybody's work goes. */
  watch: (role: Role) => role === 'owner' || role === 'admin' || role === 'supervisor',
  editContacts: (role: Role) => role !== 'privacy-officer',
  desk: (role: Role) => OFFICE.includes(role),
  /** Numbers of cards in what visitors write are sensitive. */
  revealNumbers: (role: Role) => role !== 'agent',
  /** Whoever may see sensitive values may ask for many at once. */
  askBulk: (role: Role) => role !== 'agent',
  /** Their own requests, also for those without a desk. */
  approvals: (role: Role) => role !== 'agent',
  members: (role: Role) => role === 'owner' || role === 'admin',
} as const;

const STEPS: Readonly<Record<PendingStep, string>> = {
  'member-notice': '/steps/notice',
  'second-factor': '/steps/second-factor',
  password: '/steps/password',
};

/** The page of the first step that this session owes before it may do anything else; undefined when it owes none. */
export function owedStepOf(me: Me): string | undefined {
  const [step] = me.pending ?? [];
  return step && STEPS[step];
}

/** The workspace was made a moment ago on this page: its first steps come before everything else. */
export const justMade = new Observable(false);

/** Where a role's day starts. */
export function homeOf(me: Me): string {
  const step = owedStepOf(me);
  if (step !== undefined) return step;
  if (justMade.get() && rights.members(me.role)) return `/w/${me.tenant.slug}/welcome`;
  return `/w/${me.tenant.slug}/${rights.converse(me.role) ? 'conversations/mine' : 'privacy/register'}`;
}
