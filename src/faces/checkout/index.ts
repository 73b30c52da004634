import type { House } from '../house.ts';
import type { SiteApp } from '../site/visit.ts';
import { showChange, takeChange } from './change.tsx';
import { showChoices } from './choose.tsx';
import { showOrder } from './order.tsx';
import { addPaymentRoutes } from './payment.tsx';
import { addRefundRoutes } from './refund.tsx';
import { type RushForms, takeRouted } from './rush-forms.ts';

/** Buying: what is chosen at a screening, and the order that comes of it. */
export function addCheckoutRoutes(site: SiteApp, house: House, forms: RushForms): void {
  site.get('/screenings/:slug/tickets', (c) => showChoices(c, house, c.req.param('slug')));
  site.post('/screenings/:slug/tickets', (c) => takeRouted(c, forms.choices(c.req.param('slug'))));
  site.get('/orders/:code', (c) => showOrder(c, house, c.req.param('code')));
  addPaymentRoutes(site, house);
  addRefundRoutes(site, house);
  site.get('/orders/:code/change', (c) => showChange(c, house, c.req.param('code')));
  site.post('/orders/:code/change', (c) => takeChange(c, house, c.req.param('code')));
  site.post('/orders/:code/confirmation', (c) => takeRouted(c, forms.confirmation(c.req.param('code'))));
}
