import type { Me } from '@libs/contracts';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { tabOf } from './inboxes/tabs.js';
import { NAMED_VIEWS } from './list-filters/list-choice.js';
import { NotForRole } from './session/not-for-role.js';
import { homeOf, owedStepOf, rights } from './session/rights.js';
import { whoAmI } from './session/session.js';
import { NoPermissionPage } from './shell/page.js';
import { FailedPage, NotFoundPage, PendingPage } from './shell/plain-pages.js';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

async function toOwnWorkspace(): Promise<never> {
  const me = await whoAmI();
  if (!me) throw redirect({ to: '/sign-in', replace: true });
  throw redirect({ href: homeOf(me), replace: true });
}

function only(may: (role: Me['role']) => boolean): () => Promise<void> {
  return async () => {
    const me = await whoAmI();
    if (me && !may(me.role)) throw new NotForRole();
  };
}

function FailedOrForbidden({ error }: { readonly error: unknown }) {
  return error instanceof NotForRole ? <NoPermissionPage /> : <FailedPage error={error} />;
}

const home = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: toOwnWorkspace });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  // Only a place inside this product: anything else would make sign-in a door to foreign pages.
  validateSearch: (search: Record<string, unknown>): { readonly next?: string } =>
    typeof search.next === 'string' && /^\/w\/[\w-]+(\/|$)/.test(search.next) ? { next: search.next } : {},
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.js'), 'SignInPage'),
});

/** Doors and steps before the workspace. */
const verify = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/verify',
  component: lazyRouteComponent(() => import('./second-step/verify-page.js'), 'VerifyPage'),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('./sign-up/sign-up-page.js'), 'SignUpPage'),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('./reset/reset-page.js'), 'ResetPage'),
});

const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: '/confirm-email',
  component: lazyRouteComponent(() => import('./confirm-email/confirm-email-page.js'), 'ConfirmEmailPage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitations',
  component: lazyRouteComponent(() => import('./invitations/invitation-page.js'), 'InvitationPage'),
});

/** Only while the session owes exactly this; else one is sent where one belongs. */
function owing(path: string): () => Promise<void> {
  return async () => {
    const me = await whoAmI();
    if (!me || owedStepOf(me) !== path) await toOwnWorkspace();
  };
}

const noticeStep = createRoute({
  getParentRoute: () => root,
  path: '/steps/notice',
  beforeLoad: owing('/steps/notice'),
  component: lazyRouteComponent(() => import('./notice/notice-page.js'), 'NoticePage'),
});

const factorStep = createRoute({
  getParentRoute: () => root,
  path: '/steps/second-factor',
  beforeLoad: owing('/steps/second-factor'),
  component: lazyRouteComponent(() => import('./second-step/factor-step-page.js'), 'FactorStepPage'),
});

const passwordStep = createRoute({
  getParentRoute: () => root,
  path: '/steps/password',
  beforeLoad: owing('/steps/password'),
  component: lazyRouteComponent(() => import('./personal/password-step-page.js'), 'PasswordStepPage'),
});

const doors = [signIn, verify, signUp, reset, confirmEmail, invitation, noticeStep, factorStep, passwordStep] as const;

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$slug',
  beforeLoad: async ({ params, location }) => {
    const me = await whoAmI();
    if (!me) throw redirect({ to: '/sign-in', search: { next: location.pathname }, replace: true });
    if (me.tenant.slug !== params.slug) throw notFound();
    if (owedStepOf(me) !== undefined) throw redirect({ href: homeOf(me), replace: true });
  },
  notFoundComponent: NotFoundPage,
  component: lazyRouteComponent(() => import('./shell/shell.js'), 'Shell'),
});

const workspaceHome = createRoute({ getParentRoute: () => workspace, path: '/', beforeLoad: toOwnWorkspace });

/** The id of a view that a member keeps. */
const SAVED_VIEW = /^[0-9a-f-]{36}$/;

/**
 * One page for the list and what is open in it; the routes below it say only what an address names. A part that may be
 * missing (`{-$…}`) would do it in one route, but a link takes over each such part that it does not name from where one
 * is, so the way back to a list would lead to what is open. A gate refuses such parts.
 */
const conversations = createRoute({
  getParentRoute: () => workspace,
  path: '/conversations',
  beforeLoad: ({ params }) => {
    const { view }: { readonly slug: string; readonly view?: string } = params;
    if (view !== undefined && !NAMED_VIEWS.includes(view) && !SAVED_VIEW.test(view)) throw notFound();
  },
  loader: only(rights.converse),
  component: lazyRouteComponent(() => import('./conversations/conversations-page.js'), 'ConversationsPage'),
});

const conversationPlaces = [
  createRoute({ getParentRoute: () => conversations, path: '/' }),
  createRoute({ getParentRoute: () => conversations, path: '/$view' }),
  createRoute({ getParentRoute: () => conversations, path: '/$view/$conversationId' }),
] as const;
const contacts = createRoute({
  getParentRoute: () => workspace,
  path: '/contacts',
  component: lazyRouteComponent(() => import('./contacts/contacts-page.js'), 'ContactsPage'),
});

const contact = createRoute({
  getParentRoute: () => workspace,
  path: '/contacts/$contactId',
  component: lazyRouteComponent(() => import('./contacts/contact-page.js'), 'ContactPage'),
});

const privacyHome = createRoute({
  getParentRoute: () => workspace,
  path: '/privacy',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$slug/privacy/register', params, replace: true });
  },
});

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w./-]{1,120}$/.test(value) ? value : undefined;
const whole = (value: unknown): number | undefined =>
  Number.isSafeInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined;

function defined<T extends object>(parts: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as never;
}

const register = createRoute({
  getParentRoute: () => workspace,
  path: '/privacy/register',
  validateSearch: (search: Record<string, unknown>) =>
    defined({ edit: word(search.edit), compare: whole(search.compare) }),
  loader: only(rights.desk),
  component: lazyRouteComponent(() => import('./desk/register-page.js'), 'RegisterPage'),
});

const fields = createRoute({
  getParentRoute: () => workspace,
  path: '/privacy/fields',
  loader: only(rights.desk),
  component: lazyRouteComponent(() => import('./desk/fields-page.js'), 'FieldsPage'),
});

const consents = createRoute({
  getParentRoute: () => workspace,
  path: '/privacy/consents',
  validateSearch: (search: Record<string, unknown>) =>
    defined({ subject: word(search.subject), scope: word(search.scope), decision: word(search.decision) }),
  loader: only(rights.desk),
  component: lazyRouteComponent(() => import('./desk/consents-page.js'), 'ConsentsPage'),
});

const approvals = createRoute({
  getParentRoute: () => workspace,
  path: '/privacy/approvals',
  loader: only(rights.approvals),
  component: lazyRouteComponent(() => import('./desk/approvals-page.js'), 'ApprovalsPage'),
});

const bulkValues = createRoute({
  getParentRoute: () => workspace,
  path: '/privacy/approvals/$approvalId/values',
  loader: only(rights.approvals),
  component: lazyRouteComponent(() => import('./desk/bulk-values-page.js'), 'BulkValuesPage'),
});

const reads = createRoute({
  getParentRoute: () => workspace,
  path: '/privacy/reads/$subjectId',
  loader: only(rights.desk),
  component: lazyRouteComponent(() => import('./desk/reads-page.js'), 'ReadsPage'),
});

const settings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-home.js'), 'SettingsHome'),
});

const members = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/members',
  loader: only(rights.members),
  component: lazyRouteComponent(() => import('./settings/members-page.js'), 'MembersPage'),
});

const roles = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/roles',
  loader: only(rights.members),
  component: lazyRouteComponent(() => import('./settings/roles-page.js'), 'RolesPage'),
});

const workspaceSettings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/workspace',
  loader: only(rights.members),
  component: lazyRouteComponent(() => import('./settings/workspace-page.js'), 'WorkspacePage'),
});

const workspaceSecurity = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/security',
  loader: only(rights.members),
  component: lazyRouteComponent(() => import('./settings/security-page.js'), 'SecurityPage'),
});

const profile = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/me/profile',
  component: lazyRouteComponent(() => import('./personal/profile-page.js'), 'ProfilePage'),
});

const mySecurity = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/me/security',
  component: lazyRouteComponent(() => import('./personal/my-security-page.js'), 'MySecurityPage'),
});

const preferences = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/me/preferences',
  component: lazyRouteComponent(() => import('./preferences/preferences-page.js'), 'PreferencesPage'),
});

const cannedResponses = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/canned-responses',
  loader: only(rights.converse),
  component: lazyRouteComponent(() => import('./canned/canned-page.js'), 'CannedPage'),
});

const teams = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/teams',
  loader: only(rights.arrange),
  component: lazyRouteComponent(() => import('./teams/teams-page.js'), 'TeamsPage'),
});

const labels = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/labels',
  loader: only(rights.arrange),
  component: lazyRouteComponent(() => import('./labels/labels-page.js'), 'LabelsPage'),
});

const businessHours = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/business-hours',
  loader: only(rights.members),
  component: lazyRouteComponent(() => import('./hours/hours-page.js'), 'HoursPage'),
});

const hoursPlaces = [
  createRoute({ getParentRoute: () => businessHours, path: '/' }),
  createRoute({ getParentRoute: () => businessHours, path: '/$hoursId' }),
] as const;

const liveBoard = createRoute({
  getParentRoute: () => workspace,
  path: '/reports/live',
  validateSearch: (search: Record<string, unknown>) => defined({ wall: search.wall === true ? true : undefined }),
  loader: only(rights.watch),
  component: lazyRouteComponent(() => import('./reports/live-board-page.js'), 'LiveBoardPage'),
});

const welcome = createRoute({
  getParentRoute: () => workspace,
  path: '/welcome',
  loader: only(rights.members),
  component: lazyRouteComponent(() => import('./welcome/welcome-page.js'), 'WelcomePage'),
});

const inboxes = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/inboxes',
  loader: only(rights.members),
  component: lazyRouteComponent(() => import('./inboxes/inboxes-page.js'), 'InboxesPage'),
});

const inbox = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/inboxes/$inboxId',
  validateSearch: (search: Record<string, unknown>) =>
    defined({ tab: tabOf(search.tab), wizard: search.wizard === true ? true : undefined }),
  loader: only(rights.members),
  component: lazyRouteComponent(() => import('./inboxes/inbox-page.js'), 'InboxPage'),
});

const pages = [
  inboxes,
  inbox,
  teams,
  labels,
  businessHours.addChildren(hoursPlaces),
  workspaceHome,
  conversations.addChildren(conversationPlaces),
  contacts,
  contact,
  privacyHome,
  register,
  fields,
  consents,
  approvals,
  bulkValues,
  reads,
  settings,
  members,
  roles,
  workspaceSettings,
  workspaceSecurity,
  cannedResponses,
  profile,
  mySecurity,
  preferences,
  liveBoard,
  welcome,
] as const;

export const router = createRouter({
  routeTree: root.addChildren([home, ...doors, workspace.addChildren(pages)]),
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: FailedOrForbidden,
  defaultPendingComponent: PendingPage,
  defaultPendingMs: 150,
  defaultPreload: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
