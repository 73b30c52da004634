import type { Text } from '../film/document/text.ts';
import { entriesIn, joinList, listOf, splitParts, textOf, wordsIn } from './flat-texts.ts';
import { accessMarks, type ScreeningListing, screeningListing, venueMarks } from './listing.ts';

/** A listing as cells of a table or fields of a form: one string each, empty where nothing is said. */
export type FlatListing = Readonly<Record<string, string>>;

/** Columns whose words may differ by language: `prices` in the film's first language, `prices.es` beside it. */
export const textColumns = ['venue', 'street', 'city', 'region', 'prices', 'with', 'guests'] as const;
export type TextColumn = (typeof textColumns)[number];

/** Every column, in the order in which people fill them in. Venue marks are prefixed: the house's own. */
export const flatColumns = [
  'slug',
  'kind',
  'state',
  'starts_at',
  'venue',
  'street',
  'city',
  'region',
  'postcode',
  'country',
  'timezone',
  'latitude',
  'longitude',
  'admission',
  'link',
  'prices',
  'with',
  'guests',
  ...accessMarks,
  ...venueMarks.map((mark) => `venue_${mark}` as const),
  'private',
] as const;

/** The name of a text column in another than the film's first language. */
export function columnIn(column: TextColumn, language: string, standard: string): string {
  return language === standard ? column : `${column}.${language}`;
}

/** Writes a listing flat, its texts in the languages asked for; the first is the film's own. */
export function flatten(
  listing: ScreeningListing,
  languages: readonly string[],
  separator = '; ',
): Record<string, string> {
  const { venue, admission, accessibility = {} } = listing;
  const [standard = 'en'] = languages;
  const flat: Record<string, string> = {
    slug: listing.slug,
    kind: listing.kind,
    state: listing.state,
    starts_at: listing.starts_at,
    postcode: venue.postcode ?? '',
    country: venue.country ?? '',
    timezone: venue.timezone,
    latitude: venue.point === undefined ? '' : String(venue.point[0]),
    longitude: venue.point === undefined ? '' : String(venue.point[1]),
    admission: admission === undefined ? '' : admission.free === true ? 'free' : 'external',
    link: admission?.external ?? '',
    private: yesNo(listing.private),
  };
  for (const mark of accessMarks) flat[mark] = yesNo(accessibility[mark]);
  for (const mark of venueMarks) flat[`venue_${mark}`] = yesNo(venue.accessibility?.[mark]);
  for (const language of languages) {
    const say = (text: Text | undefined): string => wordsIn(text, language, standard);
    const cellOf = (entries: (Text | undefined)[][]): string =>
      joinList(entriesIn(entries, language, standard), separator);
    const put = (column: TextColumn, words: string): void => {
      flat[columnIn(column, language, standard)] = words;
    };
    put('venue', say(venue.name));
    put('street', say(venue.street));
    put('city', say(venue.city));
    put('region', say(venue.region));
    put('prices', say(listing.prices));
    put('with', cellOf((listing.with ?? []).map((name) => [name])));
    put('guests', cellOf((listing.guests ?? []).map(({ name, about }) => [name, about])));
  }
  return flat;
}

function yesNo(value: boolean | undefined): string {
  return value === undefined ? '' : value ? 'yes' : 'no';
}

export type Unflat =
  | { readonly ok: true; readonly listing: ScreeningListing }
  /** What was expected, by column. */
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** Reads a flat listing, refusing what the format refuses, each reason with its column. */
export function unflatten(flat: FlatListing, languages: readonly string[]): Unflat {
  const errors: Record<string, string> = {};
  const raw = rawListing(flat, languages, errors);
  const parsed = screeningListing.safeParse(raw);
  if (parsed.success && Object.keys(errors).length === 0) return { ok: true, listing: parsed.data };
  for (const { path, message } of parsed.error?.issues ?? []) {
    errors[columnOf(path.map(String), languages)] ??= expected(message, path.map(String));
  }
  return { ok: false, errors };
}

function rawListing(
  flat: FlatListing,
  languages: readonly string[],
  errors: Record<string, string>,
): unknown {
  const cell = (column: string): string | undefined => flat[column]?.trim() || undefined;
  const text = (column: TextColumn): Text | undefined =>
    textOf(byLanguage(flat, column, languages), languages);
  const list = (column: TextColumn): (Text | undefined)[][] | undefined => {
    const lists = byLanguage(flat, column, languages).map((words) => splitParts(words));
    const read = listOf(lists, languages);
    if (read !== null) return read;
    const other = lists.findIndex((some) => some.length > 0 && some.length !== lists[0]?.length);
    errors[columnIn(column, languages[other] ?? '', languages[0] ?? '')] ??=
      'as many entries as in the first language, or none';
    return undefined;
  };
  const marks = (names: readonly string[], prefix = ''): Record<string, unknown> | undefined =>
    orAbsent(
      Object.fromEntries(names.map((name) => [name, truth(cell(prefix + name), prefix + name, errors)])),
    );
  const point = [number(cell('latitude')), number(cell('longitude'))];
  const free = cell('admission') === 'free' ? true : undefined;
  return withoutAbsent({
    slug: cell('slug'),
    kind: cell('kind'),
    state: cell('state'),
    starts_at: cell('starts_at')?.replace(' ', 'T'),
    venue: withoutAbsent({
      name: text('venue'),
      street: text('street'),
      city: text('city'),
      region: text('region'),
      country: cell('country')?.toUpperCase(),
      postcode: cell('postcode'),
      point: point.every((each) => each === undefined) ? undefined : point,
      timezone: cell('timezone'),
      accessibility: marks(venueMarks, 'venue_'),
    }),
    admission: admissionOf(cell('admission'), cell('link'), errors)
      ? orAbsent({ free, external: cell('link') })
      : undefined,
    prices: text('prices'),
    with: list('with')?.map(([name]) => name),
    guests: list('guests')?.map(([name, about]) => withoutAbsent({ name, about })),
    accessibility: marks(accessMarks),
    private: truth(cell('private'), 'private', errors),
  });
}

function byLanguage(flat: FlatListing, column: TextColumn, languages: readonly string[]): string[] {
  return languages.map((language) => flat[columnIn(column, language, languages[0] ?? 'en')]?.trim() ?? '');
}

/** Whether the words for the admission are any; what they say with the link is left to the format. */
function admissionOf(
  words: string | undefined,
  link: string | undefined,
  errors: Record<string, string>,
): boolean {
  if (words !== undefined && words !== 'free' && words !== 'external') {
    errors.admission = 'free, external, or nothing where the box office will say';
    return false;
  }
  if (words === 'external' && link === undefined) errors.link = 'the link where tickets are sold';
  return words !== undefined || link !== undefined;
}

function truth(
  words: string | undefined,
  column: string,
  errors: Record<string, string>,
): boolean | undefined {
  if (words === undefined) return undefined;
  const lower = words.toLowerCase();
  if (['yes', 'true', '1', 'x'].includes(lower)) return true;
  if (['no', 'false', '0'].includes(lower)) return false;
  errors[column] ??= 'yes, no, or nothing';
  return undefined;
}

/** A decimal with a point or a comma; whatever else it is, the format says so. */
function number(words: string | undefined): number | string | undefined {
  if (words === undefined) return undefined;
  const plain = words.replace(',', '.');
  return /^-?\d{1,3}(\.\d{1,16})?$/.test(plain) ? Number(plain) : words;
}

type Fields = Record<string, unknown>;

function withoutAbsent(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function orAbsent(fields: Fields): Fields | undefined {
  const given = withoutAbsent(fields);
  return Object.keys(given).length === 0 ? undefined : given;
}

const columnsOfPaths: Readonly<Record<string, string>> = {
  'venue.name': 'venue',
  'venue.street': 'street',
  'venue.city': 'city',
  'venue.region': 'region',
  'venue.country': 'country',
  'venue.postcode': 'postcode',
  'venue.timezone': 'timezone',
  'venue.point': 'latitude',
  'venue.point.0': 'latitude',
  'venue.point.1': 'longitude',
  'admission.external': 'link',
};

/** Which column an issue of the format is about. */
function columnOf(path: readonly string[], languages: readonly string[]): string {
  const known = columnsOfPaths[path.join('.')] ?? columnsOfPaths[path.slice(0, 2).join('.')];
  const column = known ?? (path[0] === 'accessibility' ? path[1] : path[0]) ?? '';
  const language = languages.slice(1).find((each) => path.includes(each));
  return language !== undefined && (textColumns as readonly string[]).includes(column)
    ? `${column}.${language}`
    : column;
}

const askedFor: Readonly<Record<string, string>> = {
  slug: 'an address: a-z, 0-9 and single hyphens',
  kind: 'cinema, community, campus, workplace, festival or virtual',
  state: 'planned, on sale, sold out, postponed, cancelled or past',
  starts_at: 'the local time of the venue, such as 2024-11-03T16:00, or the day alone',
  timezone: 'a time zone such as America/New_York',
  name: 'the name of the venue',
  '0': 'degrees from -90 to 90',
  '1': 'degrees from -180 to 180',
};

/** The format's own words where they say what was expected; ours where they speak of types. */
function expected(message: string, path: readonly string[]): string {
  const last = path.at(-1) ?? '';
  if (/^(Invalid|Too)/.test(message)) return askedFor[last] ?? askedFor[path[0] ?? ''] ?? 'another value';
  return message;
}
