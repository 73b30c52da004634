import type { House } from '../house.ts';
import type { SiteApp } from '../site/visit.ts';
import { showChange, takeChange } from './change.tsx';
import { showChoices, takeChoices } from './choose.tsx';
import { openConfirm } from './confirm.ts';
import { showOrder, takeConfirmation } from './order.tsx';
import { addPaymentRoutes } from './payment.tsx';
import { addRefundRoutes } from './refund.tsx';
import { openTakePlaces } from './take-places.ts';
import { openUnpaidHolds } from './unpaid-holds.ts';

/** Buying: what is chosen at a screening, and the order that comes of it. */
export function addCheckoutRoutes(site: SiteApp, house: House): void {
  const take = openTakePlaces(house);
  const unpaid = openUnpaidHolds(house);
  const confirm = openConfirm(house);
  site.get('/screenings/:slug/tickets', (c) => showChoices(c, house, c.req.param('slug')));
  site.post('/screenings/:slug/tickets', (c) => takeChoices(c, house, c.req.param('slug'), { take, unpaid }));
  site.get('/orders/:code', (c) => showOrder(c, house, c.req.param('code')));
  addPaymentRoutes(site, house);
  addRefundRoutes(site, house);
  site.get('/orders/:code/change', (c) => showChange(c, house, c.req.param('code')));
  site.post('/orders/:code/change', (c) => takeChange(c, house, c.req.param('code')));
  site.post('/orders/:code/confirmation', (c) => takeConfirmation(c, house, c.req.param('code'), confirm));
}
