import { type Sale, standingOf } from '../../../domain/boxoffice/index.ts';
import { isOver, type Screening, shownState } from '../../../domain/screenings/index.ts';
import { machineTime } from '../../../ui/dates.ts';
import type { PageModel } from '../model.ts';
import { canonicalUrl, say } from '../pages/site-page.tsx';
import { filmReference, jsonLd, movie } from '../structured-data.ts';
import { placeOf, screeningPath } from './cards.ts';
import { isForFree, offersOf } from './structured-offers.ts';

const statuses = { cancelled: 'EventCancelled', postponed: 'EventPostponed' } as const;

/** A screening as schema.org's ScreeningEvent, with the film it shows, ready to stand in a page. */
export function structuredScreening(model: PageModel, screening: Screening, sale: Sale | null): string {
  return jsonLd({
    '@context': 'https://schema.org',
    '@graph': [movie(model), screeningEvent(model, screening, sale)],
  });
}

/** https://schema.org/ScreeningEvent */
export function screeningEvent(
  model: PageModel,
  screening: Screening,
  sale: Sale | null,
): Readonly<Record<string, unknown>> {
  const { venue, local, startsAt, doc, kind, slug } = screening;
  const state = shownState(screening, model.now);
  const url = canonicalUrl(model, screeningPath(slug));
  const title = say(model, model.document.film.title);
  const standing = sale && standingOf(sale, model.now);
  return {
    '@type': 'ScreeningEvent',
    '@id': `${url}#screening`,
    name: `${title}: ${say(model, venue.name)}, ${placeOf(model, screening)}`,
    url,
    startDate: local.time === null ? local.date : machineTime(startsAt, venue.timezone),
    eventStatus: `https://schema.org/${state === 'cancelled' || state === 'postponed' ? statuses[state] : 'EventScheduled'}`,
    eventAttendanceMode: `https://schema.org/${kind === 'virtual' ? 'OnlineEventAttendanceMode' : 'OfflineEventAttendanceMode'}`,
    workPresented: { '@id': filmReference(model) },
    location:
      kind === 'virtual'
        ? { '@type': 'VirtualLocation', url: doc.admission?.external ?? url }
        : hall(model, screening),
    ...(sale === null || standing === null
      ? { offers: offer(model, screening, url), isAccessibleForFree: doc.admission?.free }
      : { offers: offersOf(model, sale, standing), isAccessibleForFree: isForFree(model, sale) }),
    organizer: doc.with?.map((name) => ({ '@type': 'Organization', name: say(model, name) })),
    performer: doc.guests?.map(({ name }) => ({ '@type': 'Person', name: say(model, name) })),
  };
}

function hall(model: PageModel, { venue }: Screening): unknown {
  const { point } = venue;
  return {
    '@type': 'Place',
    name: say(model, venue.name),
    address: {
      '@type': 'PostalAddress',
      streetAddress: said(model, venue.street),
      addressLocality: said(model, venue.city),
      addressRegion: said(model, venue.region),
      postalCode: venue.postcode ?? undefined,
      addressCountry: venue.country ?? undefined,
    },
    geo: point === null ? undefined : { '@type': 'GeoCoordinates', ...point },
  };
}

function said(model: PageModel, text: Parameters<typeof say>[1] | null): string | undefined {
  return say(model, text ?? undefined) || undefined;
}

function offer(model: PageModel, screening: Screening, url: string): unknown {
  const { admission } = screening.doc;
  const state = shownState(screening, model.now);
  if (admission === undefined || isOver(screening, model.now) || state === 'cancelled') return undefined;
  return {
    '@type': 'Offer',
    url: admission.external ?? url,
    availability: `https://schema.org/${state === 'sold out' ? 'SoldOut' : state === 'on sale' ? 'InStock' : 'PreOrder'}`,
    ...(admission.free === true ? { price: 0, priceCurrency: model.document.film.currency } : {}),
  };
}
