import type { ReactElement } from 'react';
import {
  paidFor,
  refundTickets,
  sayOrderCode,
  ticketCode,
  whyNotRefund,
} from '../../domain/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { Button, ButtonLink } from '../../ui/components/button.tsx';
import { Notice } from '../../ui/components/notice.tsx';
import { sayMoney } from '../../ui/money.ts';
import { words } from '../../ui/words/index.ts';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import { answerFresh } from '../site/answer.tsx';
import type { PageModel } from '../site/model.ts';
import { pathTo, SitePage, say } from '../site/pages/site-page.tsx';
import type { SiteApp, SiteContext } from '../site/visit.ts';
import { buyer } from './confirm.ts';
import { readOrderForm } from './order.tsx';
import { orderPath } from './order-path.ts';
import { type OrderView, orderView } from './order-view.ts';
import { readKey } from './read-choices.ts';
import { ruleOf } from './ways-to-pay.tsx';

/** Giving tickets back, by whoever has the order's secret and under the film's rule. */
export function addRefundRoutes(site: SiteApp, house: House): void {
  site.get('/orders/:code/refund', async (c) => {
    if (c.env.visit.preview !== null) throw new NotFound();
    const view = await orderView(house, c.env.visit.filmId, c.req.param('code'), readKey(c.req.query()));
    return await answerFresh(c, house, 200, (model) => <RefundPage model={model} view={view} />);
  });
  site.post('/orders/:code/refund', (c) => takeBack(c, house, c.req.param('code')));
}

/** The name of the box beside a ticket, by its number. */
const ticketField = (number: number): string => `ticket-${number}`;

async function takeBack(c: SiteContext, house: House, code: string): Promise<Response> {
  const { model, fields, key } = await readOrderForm(c, house);
  const { filmId, language } = model;
  const view = await orderView(house, filmId, code, key);
  const chosen = view.order.tickets.filter(({ number }) => fields[ticketField(number)] === 'yes');
  const said = words(language).paying.refund;
  const again = async (problem: string): Promise<Response> => {
    const fresh = await orderView(house, filmId, code, key);
    return await answerFresh(c, house, 422, (model) => (
      <RefundPage {...{ model, view: fresh, problem }} chosen={chosen.map(({ number }) => number)} />
    ));
  };
  if (chosen.length === 0) return await again(said.none);
  try {
    const ask = { orderId: view.order.id, ticketIds: chosen.map(({ id }) => id), withGift: false };
    await inFilm(house.db, filmId, (tx) =>
      refundTickets(tx, filmId, house.clock(), buyer, { ...ask, as: 'buyer' }),
    );
  } catch (error) {
    const known: Readonly<Record<string, string>> = said.problems;
    const problem = error instanceof Refusal ? known[error.code] : undefined;
    if (problem === undefined) throw error;
    return await again(problem);
  }
  return c.redirect(pathTo(model, orderPath(view.order.code, key)), 303);
}

function RefundPage({
  model,
  view,
  problem,
  chosen = [],
}: {
  readonly model: PageModel;
  readonly view: OrderView;
  readonly problem?: string;
  readonly chosen?: readonly number[];
}): ReactElement {
  const { refund: said } = words(model.language).paying;
  const { order, key, box, screening, types } = view;
  const rule = { boxOffice: box, startsAt: screening.startsAt, isTeam: false };
  const why = whyNotRefund(order, rule, model.now);
  const tickets = order.tickets.filter(({ cancelledAt }) => cancelledAt === null);
  return (
    <SitePage model={model} title={said.title} isHidden className="form-page checkout">
      <div className="section">
        <div className="section-inner">
          <p className="checkout-code">
            {words(model.language).checkout.order.code(sayOrderCode(order.code))}
          </p>
          <h1 className="section-title">{said.title}</h1>
          {problem === undefined ? null : (
            <Notice kind="failure" title={problem} isAnswer id="problem">
              {null}
            </Notice>
          )}
          <p>{ruleOf(model, view)}</p>
          {why === null ? (
            <form className="form" method="post" action={pathTo(model, `/orders/${order.code}/refund`)}>
              <input type="hidden" name="key" value={key} />
              <fieldset className="refund-tickets">
                <legend>{said.which}</legend>
                {tickets.map((ticket) => (
                  <label key={ticket.id} className="refund-ticket">
                    <input
                      type="checkbox"
                      name={ticketField(ticket.number)}
                      value="yes"
                      defaultChecked={chosen.includes(ticket.number)}
                    />
                    <span>
                      <strong>{say(model, types.find(({ id }) => id === ticket.ticketTypeId)?.name)}</strong>{' '}
                      {ticketCode(order.code, ticket.number)}
                      {ticket.guestName === null ? null : ` · ${ticket.guestName}`}
                    </span>
                    <span className="refund-price">
                      {sayMoney(paidFor(ticket, order.lines), order.currency, model.language)}
                    </span>
                  </label>
                ))}
              </fieldset>
              {order.total === 0 ? null : <p className="field-hint">{said.about}</p>}
              <div className="form-ways">
                <Button>{order.total === 0 ? said.goFree : said.go}</Button>
                <ButtonLink href={pathTo(model, orderPath(order.code, key))} look="quiet">
                  {words(model.language).paying.sandbox.back}
                </ButtonLink>
              </div>
            </form>
          ) : (
            <>
              <Notice kind="note">{said.problems[why]}</Notice>
              <p>
                <a href={pathTo(model, orderPath(order.code, key))}>
                  {words(model.language).paying.sandbox.back}
                </a>
              </p>
            </>
          )}
        </div>
      </div>
    </SitePage>
  );
}
