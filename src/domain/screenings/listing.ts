import { z } from 'zod';
import { country } from '../film/document/index.ts';
import { line, lineText, link, paragraphText, slug } from '../film/document/text.ts';
import { isTimeZone } from '../film/document/time-zone.ts';
import { parseLocalStart, startMoments, whyNoStartWords } from './local-time.ts';
import { venueDifferences, venueKey } from './venue-key.ts';

export const screeningKinds = ['cinema', 'community', 'campus', 'workplace', 'festival', 'virtual'] as const;
export type ScreeningKind = (typeof screeningKinds)[number];

/** What somebody said of it; the clock alone also makes a screening past (`shownState`). */
export const screeningStates = ['planned', 'on sale', 'sold out', 'postponed', 'cancelled', 'past'] as const;
export type ScreeningState = (typeof screeningStates)[number];

export const venueMarks = ['step_free', 'hearing_loop', 'wide_seats'] as const;
export const accessMarks = ['open_captions', 'asl', 'audio_description', ...venueMarks] as const;
export type AccessMark = (typeof accessMarks)[number];

const flag = z.boolean().optional();
const venueAccess = z.strictObject({ step_free: flag, hearing_loop: flag, wide_seats: flag });
const access = venueAccess.extend({ open_captions: flag, asl: flag, audio_description: flag });

// A centimetre. Longer fractions come from programs, not from places, and the smallest of them make
// PostgreSQL's trigonometry refuse to compute.
const roundDegrees = (degrees: number): number => Math.round(degrees * 1e7) / 1e7 + 0;
const latitude = z.number().min(-90).max(90).transform(roundDegrees);
const longitude = z.number().min(-180).max(180).transform(roundDegrees);

/** A place as the film folder writes it. Name, city and street together say which venue it is. */
export const venueListing = z.strictObject({
  name: lineText,
  street: lineText.optional(),
  city: lineText.optional(),
  region: lineText.optional(),
  country: country.optional(),
  postcode: line.max(20, 'at most 20 characters').optional(),
  point: z.tuple([latitude, longitude]).optional(),
  timezone: z.string().refine(isTimeZone, whyNoStartWords.no_such_zone),
  accessibility: venueAccess.optional(),
});
export type VenueListing = z.infer<typeof venueListing>;

/** How one gets in; left out, the film's own box office will say. */
const admission = z
  .strictObject({ external: link.optional(), free: z.literal(true).optional() })
  .refine(
    ({ external, free }) => external !== undefined || free !== undefined,
    'external: a link, or free: true',
  );

const localStart = z
  .string()
  .refine((value) => parseLocalStart(value) !== null, whyNoStartWords.not_a_local_time);

/** One entry of `screenings:` in film.yaml. Unknown keys are refused. */
export const screeningListing = z
  .strictObject({
    slug,
    kind: z.enum(screeningKinds),
    venue: venueListing,
    starts_at: localStart,
    admission: admission.optional(),
    prices: lineText.optional(),
    with: z.array(lineText).max(50).optional(),
    guests: z
      .array(z.strictObject({ name: lineText, about: paragraphText.optional() }))
      .max(50)
      .optional(),
    accessibility: access.optional(),
    state: z.enum(screeningStates),
    /** Never on any public page or feed: a workplace, a living room. */
    private: z.boolean().optional(),
  })
  .check((check) => {
    const { kind, venue, starts_at } = check.value;
    if (kind !== 'virtual' && venue.city === undefined) {
      check.issues.push({
        code: 'custom',
        input: venue,
        path: ['venue', 'city'],
        message: 'a city (only a virtual screening has none)',
      });
    }
    const start = parseLocalStart(starts_at);
    if (start === null || !isTimeZone(venue.timezone)) return;
    const moments = startMoments(start, venue.timezone);
    if (typeof moments !== 'string') return;
    check.issues.push({
      code: 'custom',
      input: starts_at,
      path: ['starts_at'],
      message: whyNoStartWords[moments],
    });
  });
export type ScreeningListing = z.infer<typeof screeningListing>;

/** What one import may carry; more is a mistake or an attack. */
export const listingsMax = 10_000;

/** All of `screenings:`: no slug twice, and no venue described in two ways. */
export const screeningListings = z
  .array(screeningListing)
  .max(listingsMax)
  .check((check) => {
    for (const issue of whyNotTogether(check.value)) {
      check.issues.push({ code: 'custom', input: check.value, ...issue });
    }
  });

type Why = { path: (string | number)[]; message: string };

function* whyNotTogether(listings: readonly ScreeningListing[]): Generator<Why> {
  const slugs = new Map<string, number>();
  const venues = new Map<string, { venue: VenueListing; at: number }>();
  for (const [at, listing] of listings.entries()) {
    const taken = slugs.get(listing.slug);
    if (taken !== undefined) {
      yield { path: [at, 'slug'], message: `a slug of its own (${listing.slug} is also entry ${taken + 1})` };
    } else slugs.set(listing.slug, at);
    const key = venueKey(listing.venue);
    const known = venues.get(key);
    if (known === undefined) {
      venues.set(key, { venue: listing.venue, at });
      continue;
    }
    for (const field of venueDifferences(known.venue, listing.venue)) {
      yield {
        path: [at, 'venue', field],
        message: `the same ${field} as in entry ${known.at + 1}, which names the same venue`,
      };
    }
    venues.set(key, { venue: { ...listing.venue, ...known.venue }, at: known.at });
  }
}
