import { z } from 'zod';
import {
  columnIn,
  flatColumns,
  flatten,
  isTwice,
  listingOf,
  parseLocalStart,
  pointOfZip,
  proposedZone,
  type Screening,
  type ScreeningListing,
  startMoments,
  textColumns,
  type Unflat,
  unflatten,
  type Venue,
  venueListingOf,
} from '../../../domain/screenings/index.ts';
import type { FormState } from '../../../ui/admin/index.ts';

/** The longest field is the guests' list, with a paragraph for each. */
const field = z.string().max(20_000, 'At most 20,000 characters').optional();

/** Every field of the form, for a film with these languages. */
export function screeningForm(languages: readonly string[]): z.ZodObject<Record<string, typeof field>> {
  const [standard = 'en', ...others] = languages;
  const names = [
    ...flatColumns.filter((name) => name !== 'starts_at'),
    ...others.flatMap((language) => textColumns.map((column) => columnIn(column, language, standard))),
    ...['date', 'time', 'offset', 'venue_id', 'version'],
  ];
  return z.object(Object.fromEntries(names.map((name) => [name, field])));
}

type Values = Record<string, string | undefined>;

/** A listing as the form shows it: the start in two fields, lists a line each. */
export function valuesOf(listing: ScreeningListing, languages: readonly string[]): Values {
  const { starts_at = '', ...flat } = flatten(listing, languages, '\n');
  const start = parseLocalStart(starts_at);
  return {
    ...flat,
    private: listing.private === true ? 'yes' : '',
    date: start?.date ?? '',
    time: start?.time ?? '',
    offset: start?.offset ?? '',
  };
}

export function valuesOfScreening(screening: Screening, languages: readonly string[]): Values {
  return { ...valuesOf(listingOf(screening), languages), version: String(screening.version) };
}

export type ReadScreening =
  | { readonly ok: true; readonly listing: ScreeningListing }
  | { readonly ok: false; readonly form: FormState };

/**
 * Reads the typed fields as a listing. Where the zone is missing, the likely one is filled in and asked to be
 * confirmed; where the clock shows a time twice, which one is meant is asked.
 */
export async function readScreening(
  typed: Values,
  languages: readonly string[],
  { venue, before }: { venue: Venue | null; before: Screening | null },
): Promise<ReadScreening> {
  const values = { ...typed };
  const chosen = venue === null ? {} : flatVenue(venue, languages);
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...values, ...chosen })) flat[name] = value ?? '';
  const errors: Record<string, string> = {};
  if (venue === null) await fillIn(flat, values, errors);
  flat.starts_at = startOf(flat, errors);
  if (flat.admission === 'free-link') flat.admission = 'free';
  else if (typed.admission === 'free') flat.link = '';
  else if ((flat.admission ?? '') === '') flat.link = '';
  const read = unflatten(flat, languages);
  const found = { ...sayErrors(read), ...errors };
  if (read.ok && Object.keys(found).length === 0) return { ok: true, listing: kept(read.listing, before) };
  return { ok: false, form: { values, errors: found } };
}

/** What the form cannot say stays as it was: an empty list, a no to "private". */
function kept(listing: ScreeningListing, before: Screening | null): ScreeningListing {
  if (before === null) return listing;
  const was = listingOf(before);
  const empty = <K extends 'with' | 'guests'>(key: K): { [key in K]?: [] } =>
    (listing[key] === undefined && was[key]?.length === 0 ? { [key]: [] } : {}) as { [key in K]?: [] };
  const open = listing.private === undefined && was.private === false ? { private: false } : {};
  return { ...listing, ...empty('with'), ...empty('guests'), ...open };
}

function flatVenue(venue: Venue, languages: readonly string[]): Values {
  const listing: ScreeningListing = {
    slug: 'x',
    kind: 'virtual',
    state: 'planned',
    starts_at: '2000-01-01',
    venue: venueListingOf(venue),
  };
  const flat = flatten(listing, languages);
  const isOfVenue = (name: string): boolean =>
    /^(venue|street|city|region)(\.|$)|^(venue_.*|postcode|country|timezone|latitude|longitude)$/.test(name);
  return Object.fromEntries(Object.entries(flat).filter(([name]) => isOfVenue(name)));
}

async function fillIn(
  flat: Record<string, string>,
  values: Values,
  errors: Record<string, string>,
): Promise<void> {
  const country = (flat.country ?? '').trim().toUpperCase();
  const zip = /^(\d{5})(-\d{4})?$/.exec((flat.postcode ?? '').trim())?.[1];
  if (flat.latitude === '' && flat.longitude === '' && country === 'US' && zip !== undefined) {
    const middle = await pointOfZip(zip);
    if (middle !== null) {
      flat.latitude = values.latitude = middle.latitude.toFixed(4);
      flat.longitude = values.longitude = middle.longitude.toFixed(4);
    }
  }
  if ((flat.timezone ?? '') !== '') return;
  const latitude = Number.parseFloat(flat.latitude ?? '');
  const longitude = Number.parseFloat(flat.longitude ?? '');
  const point = Number.isFinite(latitude) && Number.isFinite(longitude) ? { latitude, longitude } : null;
  const proposed = proposedZone(country === '' ? null : country, point);
  values.timezone = proposed ?? '';
  errors.timezone =
    proposed === null
      ? 'The zone by whose clock people arrive'
      : `Most likely ${proposed}. Look once, then save again.`;
}

function startOf(flat: Record<string, string>, errors: Record<string, string>): string {
  const date = (flat.date ?? '').trim();
  const time = (flat.time ?? '').trim().slice(0, 5);
  const offset = (flat.offset ?? '').trim();
  if (date === '') errors.date = 'The day';
  const text = time === '' ? date : `${date}T${time}`;
  const start = parseLocalStart(text);
  if (start === null) {
    if (date !== '')
      errors[/^\d{4}-\d{2}-\d{2}$/.test(date) && time !== '' ? 'time' : 'date'] ??= 'A day and a time';
    return text;
  }
  const zone = flat.timezone ?? '';
  if (zone === '' || typeof startMoments(start, zone) === 'string') return text;
  if (!isTwice(start, zone)) return text;
  if (offset === '') errors.offset = `The clock shows ${time} twice that night. Say which one is meant.`;
  return text + offset;
}

const fieldOfColumn: Readonly<Record<string, string>> = { starts_at: 'time' };

function sayErrors(read: Unflat): Record<string, string> {
  if (read.ok) return {};
  return Object.fromEntries(
    Object.entries(read.errors).map(([column, expected]) => [
      fieldOfColumn[column] ?? column,
      `Expected: ${expected}`,
    ]),
  );
}

/** `nwff-2024-11-03`: the city and the day, as an address. */
export function proposedSlug(values: Values): string {
  const plain = (values.city || values.venue || 'screening')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    .replace(/-$/, '');
  return `${plain === '' ? 'screening' : plain}-${/^\d{4}-\d{2}-\d{2}$/.test(values.date ?? '') ? values.date : 'tba'}`;
}
