import type { Temporal } from 'temporal-polyfill';
import type { FilmDocument } from '../domain/film/index.ts';
import { type ScreeningListing, screeningListing } from '../domain/screenings/index.ts';

/** A city's name, state, zone and middle. */
const cities = [
  ['New York', 'NY', 'America/New_York', 40.71, -74.01],
  ['Seattle', 'WA', 'America/Los_Angeles', 47.61, -122.33],
  ['Chicago', 'IL', 'America/Chicago', 41.88, -87.63],
  ['Denver', 'CO', 'America/Denver', 39.74, -104.99],
  ['Phoenix', 'AZ', 'America/Phoenix', 33.45, -112.07],
  ['Atlanta', 'GA', 'America/New_York', 33.75, -84.39],
  ['Dallas', 'TX', 'America/Chicago', 32.78, -96.8],
  ['Portland', 'OR', 'America/Los_Angeles', 45.52, -122.68],
  ['Detroit', 'MI', 'America/Detroit', 42.33, -83.05],
  ['Miami', 'FL', 'America/New_York', 25.76, -80.19],
  ['Minneapolis', 'MN', 'America/Chicago', 44.98, -93.27],
  ['Los Angeles', 'CA', 'America/Los_Angeles', 34.05, -118.24],
  ['Boston', 'MA', 'America/New_York', 42.36, -71.06],
  ['Saint Louis', 'MO', 'America/Chicago', 38.63, -90.2],
  ['Honolulu', 'HI', 'Pacific/Honolulu', 21.31, -157.86],
  ['Anchorage', 'AK', 'America/Anchorage', 61.22, -149.9],
] as const;

const kinds = ['cinema', 'community', 'campus', 'workplace', 'festival'] as const;
const hallsInCity = 40;
/** Screenings lie as far back as they lie ahead. */
const daysAround = 365;

/** A film that nobody takes for a real one, in two languages, without pictures. */
export function demoDocument(number: number): FilmDocument {
  const hue = ['#b3261e', '#0b5d57', '#4a3aa8', '#7a4a00', '#1d5a8a'][number % 5] ?? '#b3261e';
  return {
    film: {
      slug: demoSlug(number),
      title: `Demo film ${number}`,
      logline: {
        en: 'Generated, to try Houselights and to measure it. Nobody made this film.',
        es: 'Generada para probar y medir Houselights. Nadie hizo esta película.',
      },
      synopsis: { long: 'Everything here is **generated**: the halls, the dates and the people who write.' },
      year: 2026,
      runtime_minutes: 60 + (number % 60),
      countries: ['US'],
      languages: ['en'],
      site_languages: ['en', 'es'],
      timezone: 'America/New_York',
      currency: 'USD',
      theme: {
        accent: hue,
        paper: '#f6f3ec',
        ink: '#141414',
        type: number % 2 === 0 ? 'serif' : 'grotesque',
      },
    },
  };
}

export const demoSlug = (number: number): string => `demo-${number}`;

/** Screenings in made-up halls around real cities, half of them past. */
export function demoScreenings(count: number, now: Temporal.Instant): ScreeningListing[] {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  return Array.from({ length: count }, (_, at) => {
    const [city, region, timezone, latitude, longitude] = cities[at % cities.length] ?? cities[0];
    const hall = Math.floor(at / cities.length) % hallsInCity;
    const days = Math.floor((at / count) * daysAround * 2) - daysAround;
    const day = today.add({ days });
    // Before midnight and after noon: no clock is put forward or back then.
    const hour = 13 + (at % 9);
    return screeningListing.parse({
      slug: `demo-${at}`,
      kind: kinds[at % kinds.length],
      venue: {
        name: `Demo hall ${hall + 1}`,
        street: `${100 + hall} Generated Street`,
        city,
        region,
        country: 'US',
        point: [latitude + ((hall % 8) - 4) * 0.07, longitude + (Math.floor(hall / 8) - 2) * 0.09],
        timezone,
        accessibility: { step_free: hall % 2 === 0 },
      },
      starts_at: `${day}T${hour}:${at % 2 === 0 ? '00' : '30'}`,
      admission: { free: true },
      state: days < 0 ? 'past' : at % 50 === 0 ? 'sold out' : at % 70 === 0 ? 'cancelled' : 'on sale',
    });
  });
}
