import {
  type Sale,
  type Standing,
  type TicketType,
  typesOffered,
  whyNotOnSale,
} from '../../../domain/boxoffice/index.ts';
import { plainAmount } from '../../../domain/ledger/index.ts';
import { machineTime } from '../../../ui/dates.ts';
import { leastOf } from '../../checkout/type-words.ts';
import type { PageModel } from '../model.ts';
import { canonicalUrl, say } from '../pages/site-page.tsx';
import { screeningPath } from './cards.ts';
import { salePath } from './sale-card.ts';

type Thing = Readonly<Record<string, unknown>>;

/** https://schema.org/Offer for each type that anybody may choose, now or later; undefined: there is none. */
export function offersOf(model: PageModel, sale: Sale, standing: Standing): Thing[] | undefined {
  const types = typesOffered(sale, model.now);
  if (types.length === 0) return undefined;
  const { slug } = sale.screening;
  const url = canonicalUrl(model, salePath(sale, standing) ?? screeningPath(slug));
  return types.map((type) => offerOf(model, sale, type, { url, standing }));
}

/** Whether nobody has to pay; undefined where some types are free and others not. */
export function isForFree(model: PageModel, sale: Sale): boolean | undefined {
  const free = typesOffered(sale, model.now).map((type) => leastOf(type) === 0);
  if (free.length === 0 || new Set(free).size > 1) return undefined;
  return free[0];
}

function offerOf(
  model: PageModel,
  { screening }: Sale,
  type: TicketType,
  { url, standing }: { readonly url: string; readonly standing: Standing },
): Thing {
  const { currency, saleFrom, saleUntil } = type;
  const moment = (at: TicketType['saleFrom']): string | undefined =>
    at === null ? undefined : machineTime(at, screening.venue.timezone);
  const amount = (value: number | null): string => plainAmount(value ?? 0, currency);
  return {
    '@type': 'Offer',
    name: say(model, type.name),
    url,
    price: amount(leastOf(type)),
    priceCurrency: currency,
    priceSpecification:
      type.kind === 'pwyw'
        ? {
            '@type': 'PriceSpecification',
            price: amount(type.price),
            minPrice: amount(type.priceMin),
            maxPrice: amount(type.priceMax),
            priceCurrency: currency,
          }
        : undefined,
    availability: `https://schema.org/${availability(model, type, standing)}`,
    validFrom: moment(saleFrom),
    validThrough: moment(saleUntil),
  };
}

function availability({ now }: PageModel, type: TicketType, standing: Standing): string {
  // Machines keep what they read for days: places that may come back within minutes are not sold.
  if (standing.kind === 'full') return standing.isForNow ? 'OutOfStock' : 'SoldOut';
  return standing.kind === 'announced' || whyNotOnSale(type, now) === 'not_yet' ? 'PreOrder' : 'InStock';
}
