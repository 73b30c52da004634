import { type Sale, standingOf, type TicketType, typesOffered } from '../../../domain/boxoffice/index.ts';
import { plainAmount } from '../../../domain/ledger/index.ts';
import { accessOf, type Screening, shownState } from '../../../domain/screenings/index.ts';
import { machineTime } from '../../../ui/dates.ts';
import { leastOf } from '../../checkout/type-words.ts';
import type { PageModel } from '../model.ts';
import { canonicalUrl, say } from '../pages/site-page.tsx';
import { screeningPath } from './cards.ts';
import { writeCursor } from './query.ts';
import { salePath, type WithSales } from './sale-card.ts';

/**
 * One screening in `/screenings.json`. Nothing is in it that its page does not say: the shape names each field,
 * so that a new column never leaks by itself.
 */
export type OpenScreening = {
  readonly slug: string;
  readonly url: string;
  readonly kind: string;
  readonly state: string;
  /** With the venue's offset; the day alone while the hour is not known. */
  readonly starts_at: string;
  readonly venue: {
    readonly name: string;
    readonly street: string | null;
    readonly city: string | null;
    readonly region: string | null;
    readonly country: string | null;
    readonly postcode: string | null;
    readonly point: readonly [latitude: number, longitude: number] | null;
    readonly timezone: string;
  };
  readonly admission: { readonly external: string | null; readonly free: boolean };
  readonly prices: string | null;
  /** The screening's own box office; null where it has none, or nothing is offered any more. */
  readonly sale: OpenSale | null;
  readonly with: readonly string[];
  readonly guests: readonly { readonly name: string; readonly about: string | null }[];
  readonly accessibility: readonly string[];
};

/** How a screening sells here. Amounts as decimals of the currency, moments with the venue's offset. */
export type OpenSale = {
  /** full: every place is taken or held just now, and some may come back within minutes. */
  readonly state: 'open' | 'code' | 'announced' | 'not_yet' | 'full' | 'sold_out' | 'over';
  /** Where one gets tickets, or joins the line. */
  readonly url: string | null;
  readonly opens_at: string | null;
  readonly types: readonly {
    readonly name: string;
    readonly kind: 'fixed' | 'pwyw' | 'free';
    readonly currency: string;
    /** pwyw: what is suggested. */
    readonly price: string;
    readonly price_min: string;
    readonly price_max: string;
    readonly opens_at: string | null;
    readonly closes_at: string | null;
  }[];
};

/** The whole answer. `next` is the address of what follows, null on the last page. */
export type OpenList = {
  readonly film: { readonly title: string; readonly url: string };
  readonly screenings: readonly OpenScreening[];
  readonly next: string | null;
};

/** Screenings as open data; `next` where there are more than were asked for. */
export function openList(
  model: PageModel,
  { screenings: found, sales }: WithSales,
  limit: number,
  canonical: string,
): OpenList {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const path = canonicalUrl(model, '/screenings');
  return {
    film: { title: say(model, model.document.film.title), url: canonicalUrl(model, '/') },
    screenings: shown.map((screening) => openScreening(model, screening, sales.get(screening.id) ?? null)),
    next: found.length > limit && last !== undefined ? `${path}.json?${after(canonical, last)}` : null,
  };
}

function after(canonical: string, { startsAt, id }: Screening): string {
  const query = new URLSearchParams(canonical);
  query.set('cursor', writeCursor(startsAt, id));
  query.sort();
  return query.toString();
}

function openScreening(model: PageModel, screening: Screening, sale: Sale | null): OpenScreening {
  const { slug, kind, venue, startsAt, local, doc } = screening;
  const text = (value: Parameters<typeof say>[1] | null): string | null =>
    say(model, value ?? undefined) || null;
  return {
    slug,
    url: canonicalUrl(model, screeningPath(slug)),
    kind,
    state: shownState(screening, model.now),
    starts_at: local.time === null ? local.date : machineTime(startsAt, venue.timezone),
    venue: {
      name: say(model, venue.name),
      street: text(venue.street),
      city: text(venue.city),
      region: text(venue.region),
      country: venue.country,
      postcode: venue.postcode,
      point: venue.point === null ? null : [venue.point.latitude, venue.point.longitude],
      timezone: venue.timezone,
    },
    admission: { external: doc.admission?.external ?? null, free: doc.admission?.free === true },
    prices: text(doc.prices ?? null),
    sale: openSale(model, sale),
    with: (doc.with ?? []).map((name) => say(model, name)),
    guests: (doc.guests ?? []).map(({ name, about }) => ({
      name: say(model, name),
      about: text(about ?? null),
    })),
    accessibility: accessOf(screening),
  };
}

function openSale(model: PageModel, sale: Sale | null): OpenSale | null {
  const standing = sale && standingOf(sale, model.now);
  if (!sale || !standing) return null;
  const zone = sale.screening.venue.timezone;
  const moment = (at: TicketType['saleFrom']): string | null => (at === null ? null : machineTime(at, zone));
  const path = salePath(sale, standing);
  const isSoldOut = standing.kind === 'full' && !standing.isForNow;
  return {
    state: isSoldOut ? 'sold_out' : standing.kind,
    url: path === null ? null : canonicalUrl(model, path),
    opens_at: 'from' in standing ? moment(standing.from) : null,
    types: typesOffered(sale, model.now).map((type) => {
      const amount = (value: number): string => plainAmount(value, type.currency);
      return {
        name: say(model, type.name),
        kind: type.kind === 'comp' ? 'free' : type.kind,
        currency: type.currency,
        price: amount(type.price),
        price_min: amount(leastOf(type)),
        price_max: amount(type.kind === 'pwyw' ? (type.priceMax ?? 0) : type.price),
        opens_at: moment(type.saleFrom),
        closes_at: moment(type.saleUntil),
      };
    }),
  };
}
