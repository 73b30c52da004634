import { z } from 'zod';
import {
  chooseAfterChange,
  type ExchangeChoice,
  exchangeChoices,
  noticeOf,
  type OrderNotice,
} from '../../domain/boxoffice/index.ts';
import { type Screening, screeningById } from '../../domain/screenings/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import { answerFresh } from '../site/answer.tsx';
import { pathTo } from '../site/pages/site-page.tsx';
import type { SiteContext } from '../site/visit.ts';
import { ChangePage } from './change-page.tsx';
import { buyer } from './confirm.ts';
import { readOrderForm } from './order.tsx';
import { orderPath } from './order-path.ts';
import { type OrderView, orderView } from './order-view.ts';
import { readKey } from './read-choices.ts';

/** An order of which the team told its buyer that the screening is another. */
export type ChangeView = {
  readonly view: OrderView;
  readonly notice: OrderNotice;
  /** The screening that changed; after an exchange the order is for another. */
  readonly changed: Screening;
  readonly choices: readonly ExchangeChoice[];
};

/** `/orders/:code/change?key=…`: what became of the screening, and what the buyer wants. */
export async function showChange(c: SiteContext, house: House, code: string): Promise<Response> {
  return await answerChange(c, house, { code, key: readKey(c.req.query()) }, 200);
}

/** What the buyer chose. */
export async function takeChange(c: SiteContext, house: House, code: string): Promise<Response> {
  const { model, fields, key } = await readOrderForm(c, house);
  const proof = { code, key };
  const { notice, view } = await changeView(c, house, proof);
  const { changeId, orderId } = notice;
  const chosen = chosenOf(fields);
  if (chosen === null) return await answerChange(c, house, proof, 422, 'nothing_chosen');
  try {
    await inFilm(house.db, model.filmId, (tx) =>
      chooseAfterChange(tx, model.filmId, house.clock(), buyer, { changeId, orderId, ...chosen }),
    );
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    if (refused.code === 'no_such_notice') throw new NotFound();
    return await answerChange(c, house, proof, 409, refused.code);
  }
  return c.redirect(pathTo(model, orderPath(view.order.code, key, '/change')), 303);
}

function chosenOf({ choice, screening }: Readonly<Record<string, string>>) {
  if (choice === 'keep' || choice === 'refund') return { choice } as const;
  if (choice !== 'exchange' || !z.uuid().safeParse(screening).success) return null;
  return { choice, screeningId: screening ?? '' } as const;
}

type Proof = { readonly code: string; readonly key: string | null };

async function changeView(c: SiteContext, house: House, { code, key }: Proof): Promise<ChangeView> {
  const { filmId } = c.env.visit;
  const view = await orderView(house, filmId, code, key);
  return await inFilm(house.db, filmId, async (tx) => {
    const notice = await noticeOf(tx, filmId, view.order.id);
    const changed = notice && (await screeningById(tx, filmId, notice.screeningId));
    if (!notice || !changed) throw new NotFound();
    const isOpen = notice.choice === null || notice.choice === 'keep';
    const choices = isOpen ? await exchangeChoices(tx, filmId, house.clock(), view.order) : [];
    return { view, notice, changed, choices };
  });
}

async function answerChange(
  c: SiteContext,
  house: House,
  proof: Proof,
  status: number,
  problem?: string,
): Promise<Response> {
  const change = await changeView(c, house, proof);
  return await answerFresh(c, house, status, (model) => (
    <ChangePage model={model} change={change} {...(problem === undefined ? {} : { problem })} />
  ));
}
