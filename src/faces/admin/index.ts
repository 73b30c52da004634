import { Hono } from 'hono';
import type { NodeEnv } from '../edge/visitor.ts';
import type { House } from '../house.ts';
import type { SiteApp } from '../site/visit.ts';
import { addAccountRoutes } from './account/index.tsx';
import { addChooseRoutes } from './choose/index.tsx';
import { adminErrors, notHere } from './failures.tsx';
import { adminFilmApp } from './film-desk.ts';
import { addInvitationRoutes } from './invitations/index.tsx';
import { addSetupRoutes } from './setup/index.tsx';
import { addSignInRoutes } from './sign-in/index.tsx';

/** Mounts everything below `/admin`, and the page that makes the first owner. */
export function addAdminRoutes(app: Hono<NodeEnv>, house: House, site: SiteApp): void {
  const admin = new Hono<NodeEnv>();
  admin.onError(adminErrors(house));
  addSetupRoutes(admin, house);
  addSignInRoutes(admin, house);
  addInvitationRoutes(admin, house);
  addChooseRoutes(admin, house);
  addAccountRoutes(admin, house);
  admin.route('/admin/films/:film', adminFilmApp(house, site));
  admin.all('/admin/*', (c) => notHere(c));
  app.route('/', admin);
}
