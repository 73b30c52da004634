import type { Sale } from '../../../domain/boxoffice/index.ts';
import { accessOf, isOver, type Near, type Screening, shownState } from '../../../domain/screenings/index.ts';
import type { ScreeningCard } from '../../../ui/components/screening-card.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { pathTo, say } from '../pages/site-page.tsx';
import { priceOf, type SaleCard, saleCardOf, stateSign } from './sale-card.ts';

export function screeningPath(slug: string): string {
  return `/screenings/${slug}`;
}

/** A screening as a ticket shows it, in the page's language. `sale` is its own box office. */
export function cardOf(model: PageModel, screening: Screening, sale: Sale | null): ScreeningCard {
  const { venue, doc, kind } = screening;
  const isVirtual = kind === 'virtual';
  const own = saleCardOf(model, sale);
  return {
    href: pathTo(model, screeningPath(screening.slug)),
    state: shownState(screening, model.now),
    sign: stateSign(model, screening, own),
    kind,
    venue: say(model, venue.name),
    city: isVirtual ? '' : say(model, venue.city ?? ''),
    region: regionOf(model, screening),
    startsAt: screening.startsAt,
    timezone: venue.timezone,
    isTimeKnown: screening.local.time !== null,
    point: isVirtual ? null : venue.point,
    price: priceOf(model, screening, own),
    with: (doc.with ?? []).map((name) => say(model, name)),
    guests:
      doc.guests === undefined ? null : doc.guests.map(({ name }) => say(model, name)).join(', ') || null,
    access: accessOf(screening),
    action: actionOf(model, screening, own),
  };
}

/** The same with its distance from where the visitor asked. */
export function nearCardOf(model: PageModel, { screening, km }: Near, sale: Sale | null): ScreeningCard {
  const { near } = words(model.language).screenings;
  const number = (value: number): string =>
    new Intl.NumberFormat(model.language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  return { ...cardOf(model, screening, sale), distance: near.miles(number(km / 1.609344), number(km)) };
}

/** Region within its country as people there write it; the country's own name abroad. */
export function regionOf(model: PageModel, { venue, kind }: Screening): string {
  if (kind === 'virtual') return '';
  const region = say(model, venue.region ?? '');
  const home = model.document.film.countries?.[0];
  if (venue.country === null || venue.country === home || venue.country === 'US') return region;
  const country = countryName(venue.country, model.language);
  return region === '' ? country : `${region}, ${country}`;
}

const countryNames = new Map<string, string>();

/** What people call a country: `United Kingdom`, `Reino Unido`. */
export function countryName(code: string, language: string): string {
  const key = `${language}|${code}`;
  const kept = countryNames.get(key);
  if (kept !== undefined) return kept;
  if (countryNames.size >= 2_000) countryNames.clear();
  const name = new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
  countryNames.set(key, name);
  return name;
}

/** `Seattle, WA`; `London, United Kingdom`; the venue's name where nobody goes anywhere. */
export function placeOf(model: PageModel, screening: Screening): string {
  if (screening.kind === 'virtual') return words(model.language).screenings.online;
  const region = regionOf(model, screening);
  const city = say(model, screening.venue.city ?? '');
  return region === '' ? city : `${city}, ${region}`;
}

/** The one thing to press: where somebody sells or registers, here or elsewhere, and there is something to get. */
export function actionOf(
  model: PageModel,
  screening: Screening,
  own: SaleCard | null,
): ScreeningCard['action'] {
  if (own) return own.action;
  const { screenings } = words(model.language);
  const { admission } = screening.doc;
  const state = shownState(screening, model.now);
  if (admission?.external === undefined || isOver(screening, model.now)) return null;
  if (state !== 'on sale' && state !== 'planned') return null;
  const label =
    admission.free === true
      ? screenings.reserve
      : state === 'on sale'
        ? screenings.tickets
        : screenings.details;
  return { label, href: admission.external };
}
