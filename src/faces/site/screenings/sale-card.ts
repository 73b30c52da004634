import { type Sale, type Standing, standingOf, typesPriced } from '../../../domain/boxoffice/index.ts';
import { type Screening, shownState } from '../../../domain/screenings/index.ts';
import type { ScreeningAction, StateSign } from '../../../ui/components/screening-card.ts';
import { sayShortDay, sayTime } from '../../../ui/dates.ts';
import { words } from '../../../ui/words/index.ts';
import { choosePath, waitlistPath } from '../../checkout/sale-paths.ts';
import { sayPrices } from '../../checkout/type-words.ts';
import type { PageModel } from '../model.ts';
import { canonicalUrl, pathTo, say } from '../pages/site-page.tsx';

/** A screening's box office as its cards show it: the word for how it stands, the prices, what to press. */
export type SaleCard = {
  readonly standing: Standing;
  readonly sign: StateSign;
  readonly price: string | null;
  readonly action: (ScreeningAction & { readonly path: string }) | null;
};

/** What a card says of a screening that sells here; null where it does not, or nothing is offered any more. */
export function saleCardOf(model: PageModel, sale: Sale | null): SaleCard | null {
  const standing = sale && standingOf(sale, model.now);
  if (!sale || !standing) return null;
  return {
    standing,
    sign: signOf(model, sale, standing),
    price: standing.kind === 'over' ? null : sayPrices(typesPriced(sale, model.now), model.language),
    action: actionFor(model, sale, standing),
  };
}

/** How a screening stands, as a word and a shape: by its own sale where it has one, otherwise as the team says. */
export function stateSign(model: PageModel, screening: Screening, own: SaleCard | null): StateSign {
  if (own) return own.sign;
  const { states, open } = words(model.language).screenings;
  const state = shownState(screening, model.now);
  // Nothing is sold where one enters free: it is open.
  const isOpen = state === 'on sale' && screening.doc.admission?.free === true;
  return { shape: state, words: isOpen ? open : states[state] };
}

/** The prices in words: those that are sold here, or else what the team wrote of those elsewhere. */
export function priceOf(model: PageModel, { doc }: Screening, own: SaleCard | null): string | null {
  if (own) return own.price;
  if (doc.prices !== undefined) return say(model, doc.prices);
  return doc.admission?.free === true ? words(model.language).screenings.free : null;
}

function signOf(model: PageModel, sale: Sale, standing: Standing): StateSign {
  const { states, open, sales } = words(model.language).screenings;
  switch (standing.kind) {
    case 'open':
      return { shape: 'on sale', words: isFree(model, sale) ? open : states['on sale'] };
    case 'announced':
      return { shape: 'planned', words: states.planned };
    case 'not_yet':
      return { shape: 'not yet', words: opening(model, sale, standing.from) };
    case 'code':
      return standing.from === null
        ? { shape: 'on sale', words: sales.withCode }
        : { shape: 'not yet', words: opening(model, sale, standing.from) };
    case 'full':
      return standing.isForNow
        ? { shape: 'full', words: sales.fullNow }
        : { shape: 'sold out', words: states['sold out'] };
    case 'over':
      return { shape: 'past', words: sales.over };
  }
}

/** `On sale from Sat, Dec 5, 2026, 10:00 AM PST`: on the venue's clock, as the team set it. */
function opening(model: PageModel, sale: Sale, from: Parameters<typeof sayTime>[0]): string {
  const { sales } = words(model.language).screenings;
  const { timezone } = sale.screening.venue;
  const parts = [sayShortDay(from, timezone, model.language), sayTime(from, timezone, model.language)];
  // Broken between the day and the hour, and nowhere else.
  const when = parts.map((part) => part.replaceAll(' ', '\u00a0')).join(', ');
  return isFree(model, sale) ? sales.opens(when) : sales.onSaleFrom(when);
}

function actionFor(model: PageModel, sale: Sale, standing: Standing): SaleCard['action'] {
  const path = salePath(sale, standing);
  if (path === null) return null;
  const { screenings, checkout, waitlist } = words(model.language);
  const to = { path, href: pathTo(model, path) };
  if (standing.kind === 'code') return { ...to, label: checkout.box.withCode, isQuiet: true };
  if (standing.kind === 'full') return { ...to, label: waitlist.join.link, isQuiet: true };
  return { ...to, label: isFree(model, sale) ? screenings.reserve : screenings.tickets };
}

/** Where one gets tickets now, or a place in the line; null where neither is to be had. */
export function salePath({ screening }: Sale, standing: Standing): string | null {
  if (standing.kind === 'open' || standing.kind === 'code') return choosePath(screening.slug);
  return standing.kind === 'full' && standing.hasLine ? waitlistPath(screening.slug) : null;
}

const isFree = ({ now }: PageModel, sale: Sale): boolean =>
  typesPriced(sale, now).every(({ kind }) => kind === 'free');

/** Screenings with the box offices of those that sell here, by the screening's id. */
export type WithSales = {
  readonly screenings: readonly Screening[];
  readonly sales: ReadonlyMap<string, Sale>;
};

/** What calendars and news say of how one gets in: how the sale stands, the price, the address for tickets. */
export function saleLines(model: PageModel, screening: Screening, own: SaleCard | null): string[] {
  const price = priceOf(model, screening, own);
  return [
    own === null || own.standing.kind === 'announced' ? '' : own.sign.words,
    price ?? '',
    own?.action ? `${own.action.label}: ${canonicalUrl(model, own.action.path)}` : '',
  ].filter((line) => line !== '');
}
