import { accessOf, type Screening, shownState } from '../../../domain/screenings/index.ts';
import { machineTime } from '../../../ui/dates.ts';
import type { PageModel } from '../model.ts';
import { canonicalUrl, say } from '../pages/site-page.tsx';
import { screeningPath } from './cards.ts';
import { writeCursor } from './query.ts';

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
  readonly with: readonly string[];
  readonly guests: readonly { readonly name: string; readonly about: string | null }[];
  readonly accessibility: readonly string[];
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
  found: readonly Screening[],
  limit: number,
  canonical: string,
): OpenList {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const path = canonicalUrl(model, '/screenings');
  return {
    film: { title: say(model, model.document.film.title), url: canonicalUrl(model, '/') },
    screenings: shown.map((screening) => openScreening(model, screening)),
    next: found.length > limit && last !== undefined ? `${path}.json?${after(canonical, last)}` : null,
  };
}

function after(canonical: string, { startsAt, id }: Screening): string {
  const query = new URLSearchParams(canonical);
  query.set('cursor', writeCursor(startsAt, id));
  query.sort();
  return query.toString();
}

function openScreening(model: PageModel, screening: Screening): OpenScreening {
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
    with: (doc.with ?? []).map((name) => say(model, name)),
    guests: (doc.guests ?? []).map(({ name, about }) => ({
      name: say(model, name),
      about: text(about ?? null),
    })),
    accessibility: accessOf(screening),
  };
}
