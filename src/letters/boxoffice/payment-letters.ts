import type { Temporal } from 'temporal-polyfill';
import { teamAddress } from '../../domain/audience/index.ts';
import {
  type Charge,
  chargeById,
  type Order,
  orderById,
  refundById,
  refundsOf,
  sayOrderCode,
  type TicketType,
  ticketTypesOf,
} from '../../domain/boxoffice/index.ts';
import { inLanguage } from '../../domain/film/index.ts';
import { type Screening, screeningById } from '../../domain/screenings/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { writeMail } from '../../platform/mail/write-mail.ts';
import { sayDay, sayLooseDate, sayStart } from '../../ui/dates.ts';
import { sayMoney } from '../../ui/money.ts';
import { automatic } from '../audience/inquiry-letters.ts';
import { type LetterFilm, letterFilm } from '../film.ts';
import { type Piece, written } from '../letter.tsx';
import { paymentWords } from './payment-words.ts';

type About = {
  readonly charge: Charge;
  readonly order: Order;
  readonly screening: Screening;
  readonly film: LetterFilm;
  readonly name: string;
  readonly address: string;
};

/** What a letter about a payment is about; null where there is nobody to write to. */
async function aboutCharge(tx: Tx, filmId: string, chargeId: string): Promise<About | null> {
  const charge = await chargeById(tx, filmId, chargeId);
  const order = charge && (await orderById(tx, filmId, charge.orderId));
  const address = order?.buyer?.address ?? null;
  const screening = order && (await screeningById(tx, filmId, order.screeningId));
  const film = address === null ? null : await letterFilm(tx, filmId);
  if (!charge || !order || !screening || !film || address === null) return null;
  return { charge, order, screening, film, name: order.buyer?.name ?? '', address };
}

/** Tells a buyer that their money came when the places were gone, and goes back. One mail a payment. */
export async function writePlacesGone(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  chargeId: string,
): Promise<void> {
  const about = await aboutCharge(tx, filmId, chargeId);
  if (!about) return;
  const { charge, order } = about;
  const said = paymentWords(order.language);
  const title = about.film.titleIn(order.language);
  const [refund] = (await refundsOf(tx, filmId, order.id)).filter((each) => each.chargeId === chargeId);
  const first = refund?.reason === 'screening' ? said.placesGone.cancelled : said.placesGone.about;
  const amount = sayMoney(charge.amount, charge.currency, order.language);
  await send(tx, filmId, now, about, `places-gone:${chargeId}`, said.placesGone.subject(title), [
    { kind: 'words', text: first(title, sayOrderCode(order.code), whenOf(about)) },
    { kind: 'words', text: said.placesGone.back(amount) },
    { kind: 'words', text: said.placesGone.sorry },
  ]);
}

/** Tells a buyer that their money is on its way back. One mail a refund. */
export async function writeRefundMade(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  refundId: string,
): Promise<void> {
  const refund = await refundById(tx, filmId, refundId);
  const about = refund && (await aboutCharge(tx, filmId, refund.chargeId));
  if (!refund || !about || refund.state !== 'succeeded') return;
  const { charge, order } = about;
  const said = paymentWords(order.language).refund;
  const title = about.film.titleIn(order.language);
  const amount = sayMoney(refund.amount, refund.currency, order.language);
  const isOwed = charge.method === 'invoice' && charge.succeededAt === null;
  const words = refund.reason === 'paid-twice' ? said.twice : isOwed ? said.owed : said.about;
  await send(tx, filmId, now, about, `refund:${refundId}:${refund.attempt}`, said.subject(title, amount), [
    { kind: 'words', text: words(title, sayOrderCode(order.code), amount) },
  ]);
}

/** What an invoice is called: its number, after the mark that says whose it is. */
export function sayInvoiceNumber({ invoiceNumber }: Pick<Charge, 'invoiceNumber'>, slug: string): string {
  return `${slug.toUpperCase()}-${String(invoiceNumber ?? 0).padStart(4, '0')}`;
}

/** Sends a buyer their invoice. One mail an invoice. */
export async function writeInvoice(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  chargeId: string,
): Promise<void> {
  const about = await aboutCharge(tx, filmId, chargeId);
  if (!about) return;
  const { charge, order, film, name } = about;
  const { language } = order;
  const { invoice } = paymentWords(language);
  const title = film.titleIn(language);
  const number = sayInvoiceNumber(charge, film.slug);
  const types = await ticketTypesOf(tx, filmId, [order.screeningId]);
  const zone = film.document.film.timezone ?? 'UTC';
  const answers = [
    { label: invoice.number, shown: number },
    { label: invoice.date, shown: sayDay(charge.startedAt, zone, language) },
    { label: invoice.to, shown: name },
    { label: invoice.what, shown: whatOf(order, types, film, invoice.gift) },
    { label: invoice.total, shown: sayMoney(charge.amount, charge.currency, language) },
    { label: invoice.due, shown: sayLooseDate(charge.dueOn ?? '', language) },
  ];
  await send(tx, filmId, now, about, `invoice:${chargeId}`, invoice.subject(title, number), [
    { kind: 'words', text: invoice.about(title, sayOrderCode(order.code), whenOf(about)) },
    { kind: 'answers', answers },
    { kind: 'small', text: invoice.how(number) },
  ]);
}

const whenOf = ({ screening, order }: About): string => sayStart(screening, order.language);

function whatOf(order: Order, types: readonly TicketType[], film: LetterFilm, giftWords: string): string {
  const { language, currency, gift } = order;
  const [fallback = 'en'] = film.document.film.site_languages;
  const money = (amount: number): string => sayMoney(amount, currency, language);
  const lines = order.lines.map(({ quantity, ticketTypeId, price, off, granted }) => {
    const name = inLanguage(types.find(({ id }) => id === ticketTypeId)?.name, language, fallback);
    return `${quantity} × ${name}: ${money((price - off - granted) * quantity)}`;
  });
  return [...lines, ...(gift === 0 ? [] : [`${giftWords}: ${money(gift)}`])].join('\n');
}

async function send(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { order, film, name, address }: About,
  key: string,
  subject: string,
  pieces: readonly Piece[],
): Promise<void> {
  const { language } = order;
  const hello = paymentWords(language).hello(name);
  const team = teamAddress(film.document, 'general');
  await writeMail(tx, filmId, now, {
    ...{ key, to: address, headers: automatic },
    ...(team === null ? {} : { replyTo: team }),
    ...written({
      ...{ language, title: film.titleIn(language), theme: film.theme, subject },
      pieces: [{ kind: 'words', text: hello }, ...pieces],
    }),
  });
}
