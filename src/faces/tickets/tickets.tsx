import { nameGuests, type Order, resendTickets, transferTicket } from '../../domain/boxoffice/index.ts';
import { type TicketPapers, ticketPapers } from '../../letters/boxoffice/index.ts';
import { inFilm, type Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { orderPath } from '../checkout/order-path.ts';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import { answerFresh } from '../site/answer.tsx';
import { modelOf } from '../site/forms/form-routes.tsx';
import { type Body, readBody } from '../site/forms/read-body.ts';
import { pathTo } from '../site/pages/site-page.tsx';
import type { SiteContext } from '../site/visit.ts';
import { openedOrder, secretHeaders } from './opened-order.ts';
import { type Said, TicketsPage, type TypedTickets } from './tickets-page.tsx';

/** Who acts where a buyer does: the audit log knows no more of them. */
const buyer = { personId: null, name: 'a buyer' } as const;
const answers: readonly string[] = ['saved', 'handedOn', 'resent'] satisfies Said[];

/** The page of an order's tickets. */
export async function showTickets(c: SiteContext, house: House, code: string): Promise<Response> {
  const said = c.req.query('said') ?? '';
  return await page(c, house, code, c.req.query('key'), {
    status: 200,
    said: answers.includes(said) ? (said as Said) : null,
  });
}

/** Keeps who comes with which ticket. */
export async function keepNames(c: SiteContext, house: House, code: string): Promise<Response> {
  return await change(c, house, code, 'saved', async (tx, filmId, order, fields) => {
    const names = new Map(
      Object.entries(fields).flatMap(([field, value]): [string, string][] =>
        field.startsWith('name-') ? [[field.slice('name-'.length), value]] : [],
      ),
    );
    await nameGuests(tx, filmId, house.clock(), buyer, { orderId: order.id, names });
  });
}

/** Hands one ticket on. */
export async function handOn(c: SiteContext, house: House, code: string): Promise<Response> {
  return await change(c, house, code, 'handedOn', async (tx, filmId, order, fields) => {
    const address = (fields.address ?? '').trim();
    await transferTicket(tx, filmId, house.clock(), buyer, {
      ...{ orderId: order.id, ticketId: fields.ticket ?? '', name: fields.name ?? '' },
      address: address === '' ? null : address,
    });
  });
}

/** Sends the letter again. */
export async function sendAgain(c: SiteContext, house: House, code: string): Promise<Response> {
  return await change(c, house, code, 'resent', (tx, filmId, order) =>
    resendTickets(tx, filmId, house.clock(), { orderId: order.id, isTeam: false }),
  );
}

type Change = (
  tx: Tx,
  filmId: string,
  order: Order,
  fields: Readonly<Record<string, string>>,
) => Promise<void>;

async function change(
  c: SiteContext,
  house: House,
  code: string,
  said: Said,
  work: Change,
): Promise<Response> {
  const { filmId } = c.env.visit;
  const body: Body = await readBody(c);
  const fields = body.kind === 'fields' ? body.fields : {};
  const { key } = fields;
  try {
    await inFilm(house.db, filmId, async (tx) => {
      await work(tx, filmId, await openedOrder(tx, filmId, code, key), fields);
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return await page(c, house, code, key, { status: 422, said: null, refused: error.code, typed: fields });
  }
  const model = await modelOf(c, house);
  return c.redirect(`${pathTo(model, orderPath(code, key ?? '', '/tickets'))}&said=${said}`, 303);
}

type Shown = {
  readonly status: number;
  readonly said: Said | null;
  readonly refused?: string;
  readonly typed?: TypedTickets;
};

async function page(
  c: SiteContext,
  house: House,
  code: string,
  key: string | undefined,
  { status, ...shown }: Shown,
): Promise<Response> {
  const { filmId } = c.env.visit;
  const papers = await inFilm(house.db, filmId, async (tx): Promise<TicketPapers | null> => {
    const order = await openedOrder(tx, filmId, code, key);
    return await ticketPapers(tx, filmId, house.clock(), { orderId: order.id });
  });
  if (papers === null || key === undefined) throw new NotFound();
  const answer = await answerFresh(c, house, status, (model) => (
    <TicketsPage model={model} papers={papers} orderKey={key} {...shown} />
  ));
  for (const [name, value] of Object.entries(secretHeaders)) answer.headers.set(name, value);
  return answer;
}
