import type { Temporal } from 'temporal-polyfill';
import {
  boxOfficeOf,
  type Order,
  orderById,
  refundUntil,
  type Ticket,
  ticketCode,
  ticketSigner,
  ticketTypesOf,
} from '../../domain/boxoffice/index.ts';
import { accessOf, type Screening, screeningById } from '../../domain/screenings/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { sayStart } from '../../ui/dates.ts';
import { refundRule } from '../../ui/refund-rule.ts';
import { words } from '../../ui/words/index.ts';
import { type LetterFilm, letterFilm } from '../film.ts';

/** One ticket as its papers show it. */
export type PaperTicket = {
  readonly id: string;
  readonly code: string;
  readonly type: string;
  readonly guestName: string | null;
  /** The text of its QR code. */
  readonly mark: string;
};

/** What the papers of an order say, in its language: letter, PDF, calendar and page the same. */
export type TicketPapers = {
  readonly order: Order;
  readonly film: LetterFilm;
  readonly screening: Screening;
  readonly language: string;
  readonly filmTitle: string;
  /** With the zone; the day alone while no hour is known. A screening that does not stand says so first. */
  readonly when: string;
  /** The venue, then its address, a line each. */
  readonly where: readonly string[];
  readonly directions: string | null;
  readonly access: readonly string[];
  readonly refundRule: string;
  /** Those that let somebody in and are the reader's to show. */
  readonly tickets: readonly PaperTicket[];
};

/**
 * What an order's papers say; null where there are none to give. `ticketId`: for whom one ticket was handed on to,
 * that ticket alone. Otherwise the buyer's: without those that went to others by mail.
 */
export async function ticketPapers(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { orderId, ticketId = null }: { readonly orderId: string; readonly ticketId?: string | null },
): Promise<TicketPapers | null> {
  const order = await orderById(tx, filmId, orderId);
  const film = order && (await letterFilm(tx, filmId));
  const screening = film && (await screeningById(tx, filmId, order.screeningId));
  if (!screening || order.confirmedAt === null) return null;
  const { language } = order;
  const types = await ticketTypesOf(tx, filmId, [screening.id]);
  const signer = await ticketSigner(tx, filmId, now);
  const paperOf = ({ id, number, ticketTypeId, guestName, generation }: Ticket): PaperTicket => ({
    id,
    code: ticketCode(order.code, number),
    type: film.say(types.find((type) => type.id === ticketTypeId)?.name, language),
    guestName,
    mark: signer.sign({ id, screeningId: screening.id, generation }),
  });
  const until = refundUntil(await boxOfficeOf(tx, filmId), screening.startsAt);
  return {
    order,
    film,
    screening,
    language,
    filmTitle: film.titleIn(language),
    when: whenOf(screening, language),
    where: whereOf(film, screening, language),
    directions: directionsTo(film, screening, language),
    access: accessOf(screening).map((mark) => words(language).screenings.access[mark]),
    refundRule: refundRule(until, screening.venue.timezone, language),
    tickets: order.tickets.filter((ticket) => isFor(ticket, ticketId)).map(paperOf),
  };
}

function isFor({ id, cancelledAt, holderAddress }: Ticket, ticketId: string | null): boolean {
  return cancelledAt === null && (ticketId === null ? holderAddress === null : id === ticketId);
}

/** When it begins, and loudly where it does not. */
export function whenOf(screening: Screening, language: string): string {
  const { state } = screening;
  const { screenings } = words(language);
  const when = sayStart(screening, language);
  return state === 'cancelled' || state === 'postponed' ? `${screenings.states[state]}: ${when}` : when;
}

/** Where it is, line by line. */
export function whereOf(film: LetterFilm, { venue, kind }: Screening, language: string): string[] {
  const say = (text: Parameters<LetterFilm['say']>[0]) =>
    film.say(text, language).replace(/\s+/g, ' ').trim();
  if (kind === 'virtual') return [say(venue.name)];
  const city = [say(venue.city), say(venue.region)].filter(Boolean).join(', ');
  const town = [city, venue.postcode ?? ''].filter(Boolean).join(' ');
  return [say(venue.name), say(venue.street), town].filter(Boolean);
}

/** A map of the place, by its point where it is known, by its address otherwise. */
function directionsTo(film: LetterFilm, screening: Screening, language: string): string | null {
  const { kind, venue } = screening;
  if (kind === 'virtual') return null;
  if (venue.point === null) {
    const query = whereOf(film, screening, language).slice(1).join(', ');
    return `https://www.openstreetmap.org/search?query=${encodeURIComponent(query)}`;
  }
  const { latitude, longitude } = venue.point;
  return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
}
