import { orderState } from '../../domain/boxoffice/index.ts';
import { words } from '../../ui/words/index.ts';
import { NotFound } from '../edge/not-found.ts';
import { type PlainAnswer, seeOther } from '../edge/plain-answer.ts';
import type { House } from '../house.ts';
import { payeeOf } from '../paying/drivers.ts';
import { answerFresh } from '../site/answer.tsx';
import { type Body, readBody } from '../site/forms/read-body.ts';
import type { PageModel } from '../site/model.ts';
import { pageModel } from '../site/page-model.ts';
import { pathTo } from '../site/pages/site-page.tsx';
import type { SiteContext, Visited } from '../site/visit.ts';
import type { openConfirm } from './confirm.ts';
import { OrderPage, type OrderPageProps } from './order-page.tsx';
import { orderPath } from './order-path.ts';
import { orderView } from './order-view.ts';
import { comeBack } from './payment.tsx';
import { sayProblem } from './problem-words.ts';
import { readKey } from './read-choices.ts';
import { readGuests } from './read-guests.ts';
import type { SentForm } from './rush-forms.ts';

/** `/orders/:code?key=…`: as far as the order is. */
export async function showOrder(c: SiteContext, house: House, code: string): Promise<Response> {
  const key = readKey(c.req.query());
  const isReturn = c.req.query('from') === 'payment' && key !== null && c.env.visit.preview === null;
  return isReturn ? await comeBack(c, house, code, key) : await answerOrder(c, house, { code, key }, 200);
}

/** An order that has nothing to pay is confirmed, or its page comes back and says why not. */
export async function takeConfirmation(
  c: Visited,
  house: House,
  code: string,
  { body }: SentForm,
  confirm: ReturnType<typeof openConfirm>,
): Promise<PlainAnswer | Response> {
  const { model, fields, key } = await orderForm(c, house, body);
  const { guests, problems } = readGuests(fields);
  const said = words(model.language).checkout.problems;
  if (problems.size > 0) {
    const errors = [...problems].map(([name, problem]) => ({ name, message: said[problem] }));
    return await answerOrder(c, house, { code, key }, 422, { values: fields, errors });
  }
  const answer = await confirm(model.filmId, { proof: { code, key }, guests });
  if (answer.kind === 'confirmed') return seeOther(pathTo(model, orderPath(code, key)));
  if (answer.refusal.code === 'no_such_order') throw new NotFound();
  const problem = sayProblem(answer.refusal, '', model.language);
  return await answerOrder(c, house, { code, key }, 409, { values: fields, problem });
}

export type OrderForm = {
  readonly model: PageModel;
  readonly fields: Readonly<Record<string, string>>;
  readonly key: string;
};

/** What a form of an order's page sent, with its secret. Without one there is no such order: nobody learns more. */
export async function readOrderForm(c: SiteContext, house: House): Promise<OrderForm> {
  return await orderForm(c, house, await readBody(c));
}

async function orderForm(c: Visited, house: House, body: Body): Promise<OrderForm> {
  const { visit } = c.env;
  const model = visit.preview === null ? await pageModel(house, visit) : null;
  if (model === null) throw new NotFound();
  const fields = body.kind === 'fields' ? body.fields : {};
  const key = readKey(fields);
  if (key === null) throw new NotFound();
  return { model, fields, key };
}

/** The order's page as it stands now, with what is said about what was just tried. */
export async function answerOrder(
  c: Visited,
  house: House,
  { code, key }: { readonly code: string; readonly key: string | null },
  status: number,
  more: Partial<Pick<OrderPageProps, 'values' | 'errors' | 'problem'>> = {},
): Promise<Response> {
  const { filmId } = c.env.visit;
  const view = await orderView(house, filmId, code, key);
  const isToPay = view.order.confirmedAt === null && view.order.total > 0;
  const payee = isToPay ? ((await payeeOf(house, filmId))?.provider ?? null) : null;
  return await answerFresh(c, house, status, (model) => (
    <OrderPage {...{ model, view, payee }} state={orderState(view.order, model.now)} {...more} />
  ));
}
