import { orderBySecret, typesOnSale } from '../../domain/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newSecret } from '../../platform/secrets.ts';
import { words } from '../../ui/words/index.ts';
import { NotFound } from '../edge/not-found.ts';
import { type PlainAnswer, seeOther } from '../edge/plain-answer.ts';
import type { House } from '../house.ts';
import { answerFresh, keptPage, plainlyAs, renderHtml } from '../site/answer.tsx';
import type { PageModel } from '../site/model.ts';
import { pageModel } from '../site/page-model.ts';
import { pathTo } from '../site/pages/site-page.tsx';
import { isSlug } from '../site/screenings/query.ts';
import type { SiteContext, Visited } from '../site/visit.ts';
import { ChoosePage, type ChooseProps } from './choose-page.tsx';
import { filmSale } from './film-sale.ts';
import { orderPath } from './order-path.ts';
import { fieldOfRefusal, sayProblem } from './problem-words.ts';
import { chosenFields, readKey, readOffer, readReferral } from './read-choices.ts';
import type { SentForm } from './rush-forms.ts';
import { SoldOutPage } from './sold-out-page.tsx';
import type { ChoiceAnswer, openTakePlaces } from './take-places.ts';
import type { UnpaidHolds } from './unpaid-holds.ts';

/**
 * The form, with what the screening's page passed on. Its secret stands in its address from the first: a way back, a
 * reload or a second press is the same order. An order that is settled is shown instead.
 */
export async function showChoices(c: SiteContext, house: House, slug: string): Promise<Response> {
  const { visit } = c.env;
  const url = new URL(c.req.url);
  const query = Object.fromEntries(url.searchParams);
  const key = readKey(query);
  const { sale, box } = await filmSale(house, visit.filmId, slug);
  if (key === null) {
    url.searchParams.set('key', newSecret());
    c.header('cache-control', 'no-store');
    return c.redirect(url.pathname + url.search, 303);
  }
  const order = await inFilm(house.db, visit.filmId, (tx) => orderBySecret(tx, visit.filmId, key));
  if (order && order.confirmedAt !== null) {
    const model = await pageModel(house, visit);
    if (model) return c.redirect(pathTo(model, orderPath(order.code, key)), 303);
  }
  const values = order ? chosenFields(order, sale.types) : query;
  return await answerFresh(c, house, 200, (model) => {
    const props = {
      model,
      sale,
      values,
      holdMinutes: box.holdMinutes,
      referral: readReferral(query.via),
      offer: readOffer(query),
    };
    const isOpen = sale.types.some((type) => type.needsCode) || typesOnSale(sale, model.now).length > 0;
    const problem = isOpen ? undefined : words(model.language).checkout.problems.not_on_sale;
    return <ChoosePage {...props} secret={key} problem={problem} />;
  });
}

/** What was chosen: places are set aside and the buyer goes on to the order, or the form comes back and says why. */
export async function takeChoices(
  c: Visited,
  house: House,
  slug: string,
  { body, acceptEncoding }: SentForm,
  { take, unpaid }: { readonly take: ReturnType<typeof openTakePlaces>; readonly unpaid: UnpaidHolds },
): Promise<PlainAnswer | Response> {
  const { visit } = c.env;
  if (visit.preview !== null || !isSlug(slug)) throw new NotFound();
  const model = await pageModel(house, visit);
  if (model === null) throw new NotFound();
  if (body.kind !== 'fields') return await again(c, house, slug, {}, { kind: 'unreadable' });
  const { fields } = body;
  const from = { filmId: visit.filmId, address: visit.address, key: readKey(fields) };
  const tooMany: ChoiceAnswer = { kind: 'refused', refusal: new Refusal('too_many_unpaid') };
  const sent = { fields, language: model.language };
  const answer = (await unpaid.within(from, () => take(visit.filmId, slug, sent))) ?? tooMany;
  if (answer.kind === 'held') return seeOther(pathTo(model, orderPath(answer.code, readKey(fields) ?? '')));
  if (answer.kind === 'refused' && isFull(answer.refusal))
    return await answerFull(c, house, slug, acceptEncoding);
  return await again(c, house, slug, fields, answer);
}

const isFull = ({ code, details }: Refusal): boolean => code === 'places_gone' && details.left === 0;

/**
 * To whoever comes too late: one page for all of them, kept, because in a rush they are thousands within a second.
 * It is dropped when places come back, as every page of the screenings is.
 */
async function answerFull(
  c: Visited,
  house: House,
  slug: string,
  acceptEncoding: string | undefined,
): Promise<PlainAnswer> {
  const page = await keptPage(c, house, { tags: ['film', 'screenings'], query: 'full' }, async (model) => {
    const { sale } = await filmSale(house, model.filmId, slug);
    return {
      contentType: 'text/html; charset=utf-8',
      body: renderHtml(<SoldOutPage model={model} screening={sale.screening} />),
    };
  });
  return plainlyAs(page, acceptEncoding, 409);
}

type Unread = { readonly kind: 'unreadable' };

async function again(
  c: Visited,
  house: House,
  slug: string,
  fields: Readonly<Record<string, string>>,
  answer: Exclude<ChoiceAnswer, { kind: 'held' }> | Unread,
): Promise<Response> {
  const { sale, box } = await filmSale(house, c.env.visit.filmId, slug);
  const status = statusOf(answer);
  return await answerFresh(c, house, status, (model) => {
    const props = {
      model,
      sale,
      values: fields,
      holdMinutes: box.holdMinutes,
      referral: readReferral(fields.via),
      offer: readOffer(fields),
    };
    return (
      <ChoosePage {...props} secret={readKey(fields) ?? newSecret()} {...wrongOf(model, sale, answer)} />
    );
  });
}

function statusOf(answer: Exclude<ChoiceAnswer, { kind: 'held' }> | Unread): 409 | 422 | 429 {
  if (answer.kind !== 'refused' || fieldOfRefusal(answer.refusal)) return 422;
  return answer.refusal.code === 'too_many_unpaid' ? 429 : 409;
}

function wrongOf(
  model: PageModel,
  sale: ChooseProps['sale'],
  answer: Exclude<ChoiceAnswer, { kind: 'held' }> | Unread,
): Pick<ChooseProps, 'errors' | 'problem'> {
  const { problems } = words(model.language).checkout;
  if (answer.kind === 'unreadable') return { problem: problems.unreadable };
  if (answer.kind === 'problems')
    return { errors: [...answer.problems].map(([name, code]) => ({ name, message: problems[code] })) };
  const message = sayProblem(answer.refusal, sale.currency, model.language);
  const name = fieldOfRefusal(answer.refusal);
  return name === null ? { problem: message } : { errors: [{ name, message }] };
}
