import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import type { SiteApp } from '../site/visit.ts';
import { receiveStripeEvent } from './receive-stripe-event.ts';

/** Where providers tell a film what happened. Nobody with a cookie comes here, and nothing is shown. */
export function addWebhookRoutes(site: SiteApp, house: House): void {
  site.post('/webhooks/stripe', async (c) => {
    const { filmId, preview } = c.env.visit;
    if (preview !== null) throw new NotFound();
    const body = await c.req.text();
    const signature = c.req.header('stripe-signature') ?? '';
    const received = await receiveStripeEvent(house, filmId, { body, signature });
    return c.json({ received }, statusOf[received], { 'cache-control': 'no-store' });
  });
}

/** Anything but 2xx makes the provider send the event again, for days. */
const statusOf = { kept: 200, known: 200, 'not understood': 200, 'not signed': 400, later: 503 } as const;
