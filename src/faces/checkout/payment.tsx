import type { ReactElement } from 'react';
import { openCharge, promiseByInvoice } from '../../domain/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { ButtonLink } from '../../ui/components/button.tsx';
import { sayMoney } from '../../ui/money.ts';
import { words } from '../../ui/words/index.ts';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import { lookAtOrder } from '../paying/look-again.ts';
import { startPaying } from '../paying/start-paying.ts';
import { answerFresh } from '../site/answer.tsx';
import type { PageModel } from '../site/model.ts';
import { pathTo, SitePage, say } from '../site/pages/site-page.tsx';
import { placeOf } from '../site/screenings/cards.ts';
import type { SiteApp, SiteContext } from '../site/visit.ts';
import { buyer } from './confirm.ts';
import { answerOrder, readOrderForm } from './order.tsx';
import { orderPath } from './order-path.ts';
import { type OrderView, orderView } from './order-view.ts';
import { readKey } from './read-choices.ts';
import { type Guests, readGuests } from './read-guests.ts';

/** Paying: from the order's form to the provider's page and back. */
export function addPaymentRoutes(site: SiteApp, house: House): void {
  site.post('/orders/:code/payment', (c) => takePayment(c, house, c.req.param('code')));
  site.get('/orders/:code/payment', (c) => leadToPage(c, house, c.req.param('code')));
}

type Asked = { readonly view: OrderView; readonly model: PageModel; readonly guests: Guests };

/** Who buys is kept and the buyer led to where they pay; or the order's page comes back and says why not. */
async function takePayment(c: SiteContext, house: House, typedCode: string): Promise<Response> {
  const { model, fields, key } = await readOrderForm(c, house);
  const view = await orderView(house, model.filmId, typedCode, key);
  const { code, lines } = view.order;
  const { guests: all, problems } = readGuests(fields);
  const said = words(model.language).checkout.problems;
  if (problems.size > 0) {
    const errors = [...problems].map(([name, problem]) => ({ name, message: said[problem] }));
    return await answerOrder(c, house, { code, key }, 422, { values: fields, errors });
  }
  const places = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const guests = { ...all, guestNames: all.guestNames.slice(0, places) };
  const why = await pay(house, { view, model, guests }, fields.by === 'invoice');
  if (why === null) return c.redirect(pathTo(model, orderPath(code, key, '/payment')), 303);
  if (why === 'done') return c.redirect(pathTo(model, orderPath(code, key)), 303);
  const status = why === 'unreachable' ? 503 : 409;
  const problem = sayWhy(why, model.language);
  return await answerOrder(c, house, { code, key }, status, { values: fields, problem });
}

/** null: a page is open. done: the order's own page says the rest. Otherwise why neither. */
async function pay(house: House, asked: Asked, isByInvoice: boolean): Promise<string | null> {
  const { view, model, guests: said } = asked;
  const { filmId } = model;
  const { id: orderId } = view.order;
  try {
    if (isByInvoice) {
      await inFilm(house.db, filmId, (tx) =>
        promiseByInvoice(tx, filmId, house.clock(), buyer, { orderId, said }),
      );
      return 'done';
    }
    const title = `${say(model, model.document.film.title)}, ${placeOf(model, view.screening)}`;
    const paying = await startPaying(house, filmId, { orderId, said, title, language: model.language });
    if (paying.kind === 'page') return null;
    return paying.kind === 'settled' ? 'done' : paying.kind.replace(' ', '_');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === 'confirmed' ? 'done' : error.code;
  }
}

function sayWhy(code: string, language: string): string {
  const { paying, checkout } = words(language);
  const known: Readonly<Record<string, string>> = paying.pay.problems;
  return known[code] ?? (code === 'lapsed' ? checkout.problems.lapsed : checkout.problems.unreadable);
}

/**
 * Leads on to the provider's page. By a page of ours in between, because a form may lead nowhere but to us: that is
 * what the content security policy promises, and browsers hold redirects to it.
 */
async function leadToPage(c: SiteContext, house: House, code: string): Promise<Response> {
  const { filmId, preview } = c.env.visit;
  if (preview !== null) throw new NotFound();
  const key = readKey(c.req.query());
  const view = await orderView(house, filmId, code, key);
  const open = await inFilm(house.db, filmId, (tx) => openCharge(tx, filmId, view.order.id));
  const url = open?.pageUrl ?? null;
  if (url === null) return await answerOrder(c, house, { code, key }, 200);
  const answer = await answerFresh(c, house, 200, (model) => (
    <LeadingPage model={model} view={view} url={url} />
  ));
  answer.headers.set('refresh', `0; url=${url}`);
  return answer;
}

function LeadingPage({
  model,
  view: { order },
  url,
}: {
  readonly model: PageModel;
  readonly view: OrderView;
  readonly url: string;
}): ReactElement {
  const { pay } = words(model.language).paying;
  return (
    <SitePage model={model} title={pay.leading} isHidden className="form-page checkout">
      <div className="section">
        <div className="section-inner">
          <h1 className="section-title">{pay.leading}</h1>
          <p>{pay.leadingAbout(sayMoney(order.total, order.currency, model.language))}</p>
          <div className="form-ways">
            <ButtonLink href={url}>{pay.open}</ButtonLink>
          </div>
        </div>
      </div>
    </SitePage>
  );
}

/** The buyer comes back from the provider: it is asked before they are shown anything, and its event may never come. */
export async function comeBack(c: SiteContext, house: House, code: string, key: string): Promise<Response> {
  const { filmId } = c.env.visit;
  const { order } = await orderView(house, filmId, code, key);
  await lookAtOrder(house, filmId, order.id);
  return await answerOrder(c, house, { code, key }, 200);
}
