import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { whoAmI } from './session/session.js';
import { FailedPage, NotFoundPage, PendingPage } from './shell/plain-pages.js';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

async function toOwnWorkspace(): Promise<never> {
  const me = await whoAmI();
  if (!me) throw redirect({ to: '/sign-in', replace: true });
  throw redirect({
    to: '/w/$slug/conversations/{-$view}/{-$conversationId}',
    params: { slug: me.tenant.slug, view: 'mine' },
    replace: true,
  });
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

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$slug',
  beforeLoad: async ({ params, location }) => {
    const me = await whoAmI();
    if (!me) throw redirect({ to: '/sign-in', search: { next: location.pathname }, replace: true });
    if (me.tenant.slug !== params.slug) throw notFound();
  },
  notFoundComponent: NotFoundPage,
  component: lazyRouteComponent(() => import('./shell/shell.js'), 'Shell'),
});

const workspaceHome = createRoute({ getParentRoute: () => workspace, path: '/', beforeLoad: toOwnWorkspace });

const conversations = createRoute({
  getParentRoute: () => workspace,
  path: '/conversations/{-$view}/{-$conversationId}',
  beforeLoad: ({ params }) => {
    if (params.view !== undefined && !['mine', 'unassigned', 'all'].includes(params.view)) throw notFound();
  },
  component: lazyRouteComponent(() => import('./conversations/conversations-page.js'), 'ConversationsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, signIn, workspace.addChildren([workspaceHome, conversations])]),
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: FailedPage,
  defaultPendingComponent: PendingPage,
  defaultPendingMs: 150,
  defaultPreload: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
