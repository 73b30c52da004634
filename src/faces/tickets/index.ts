import { ticketPapers, ticketsCalendar, ticketsPdf } from '../../letters/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import type { SiteApp, SiteContext } from '../site/visit.ts';
import { openedOrder, secretHeaders } from './opened-order.ts';
import { handOn, keepNames, sendAgain, showTickets } from './tickets.tsx';

/** What an order's buyer does with its tickets: shows them, prints them, names guests, hands one on. */
export function addTicketRoutes(site: SiteApp, house: House): void {
  site.get('/orders/:code/tickets', (c) => showTickets(c, house, c.req.param('code')));
  site.post('/orders/:code/guests', (c) => keepNames(c, house, c.req.param('code')));
  site.post('/orders/:code/transfers', (c) => handOn(c, house, c.req.param('code')));
  site.post('/orders/:code/letters', (c) => sendAgain(c, house, c.req.param('code')));
  site.get('/orders/:code/tickets.pdf', async (c) => {
    const papers = await papersOf(c, house, c.req.param('code'));
    const bytes = new Uint8Array(await ticketsPdf(papers));
    return c.body(bytes, 200, {
      ...secretHeaders,
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="tickets-${papers.order.code}.pdf"`,
    });
  });
  site.get('/orders/:code/calendar.ics', async (c) => {
    const papers = await papersOf(c, house, c.req.param('code'));
    return c.body(ticketsCalendar(papers, house.config.publicUrl), 200, {
      ...secretHeaders,
      'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'content-disposition': `attachment; filename="screening-${papers.order.code}.ics"`,
    });
  });
}

/** The door stands where the team signs in; whoever types its address at the film's own is led there. */
export function addDoorway(site: SiteApp, house: House): void {
  site.get('/door/:screening', (c) => {
    const { slug } = c.env.visit;
    const screening = encodeURIComponent(c.req.param('screening'));
    return c.redirect(`${house.config.publicUrl}/admin/films/${slug}/door/${screening}`, 302);
  });
}

async function papersOf(c: SiteContext, house: House, code: string) {
  const { filmId } = c.env.visit;
  const papers = await inFilm(house.db, filmId, async (tx) => {
    const order = await openedOrder(tx, filmId, code, c.req.query('key'));
    return await ticketPapers(tx, filmId, house.clock(), { orderId: order.id });
  });
  if (papers === null) throw new NotFound();
  return papers;
}
