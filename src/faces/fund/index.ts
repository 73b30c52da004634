import type { House } from '../house.ts';
import type { SiteApp } from '../site/visit.ts';
import { openClaims, showClaim, showWaiting, takeClaim, takeWait } from './claim.tsx';
import { showFund } from './fund.tsx';

/** The solidarity fund in public: how it stands, claiming a place from it, and waiting while it is empty. */
export function addFundRoutes(site: SiteApp, house: House): void {
  const claims = openClaims(house);
  site.get('/fund', (c, next) => showFund(c, house, next));
  site.get('/screenings/:slug/grant', (c) => showClaim(c, claims, c.req.param('slug')));
  site.post('/screenings/:slug/grant', (c) => takeClaim(c, claims, c.req.param('slug')));
  site.get('/screenings/:slug/grant/waiting', (c) => showWaiting(c, claims, c.req.param('slug')));
  site.post('/screenings/:slug/grant/waiting', (c) => takeWait(c, claims, c.req.param('slug')));
}
