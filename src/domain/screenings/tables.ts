import type { ColumnType } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { ScreeningKind, ScreeningListing, ScreeningState, VenueListing } from './listing.ts';

/** jsonb: read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>;

/** The texts of a venue as they were written; its columns of the same names hold the words to sort and search by. */
export type VenueTexts = Pick<VenueListing, 'name' | 'street' | 'city' | 'region'>;

type VenueTable = {
  filmId: string;
  id: string;
  key: string;
  name: string;
  street: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
  postcode: string | null;
  latitude: number | null;
  longitude: number | null;
  timezone: string;
  texts: ColumnType<VenueTexts, string, string>;
  accessibility: ColumnType<VenueListing['accessibility'] | null, string | null, string | null>;
  changedAt: Temporal.Instant;
};

/** The parts of a listing that are only ever read whole: texts by language, lists, flags. */
export type ScreeningDoc = Pick<
  ScreeningListing,
  'admission' | 'prices' | 'with' | 'guests' | 'accessibility' | 'private'
>;

type ScreeningTable = {
  filmId: string;
  id: string;
  slug: string;
  venueId: string;
  kind: ScreeningKind;
  state: ScreeningState;
  stateBefore: ScreeningState | null;
  startsOn: string;
  startsTime: string | null;
  startsOffset: string | null;
  startsAt: Temporal.Instant;
  overAt: Temporal.Instant;
  isPrivate: boolean;
  doc: Json<ScreeningDoc>;
  version: number;
  madeAt: Temporal.Instant;
  changedAt: Temporal.Instant;
};

type ScreeningVersionTable = {
  filmId: string;
  screeningId: string;
  version: number;
  listing: Json<ScreeningListing>;
  madeAt: Temporal.Instant;
  madeBy: string;
};

type ScreeningFormerSlugTable = {
  filmId: string;
  slug: string;
  screeningId: string;
};

type ScreeningImportTable = {
  filmId: string;
  id: string;
  madeAt: Temporal.Instant;
  madeBy: string;
  fileName: string;
  listings: Json<ScreeningListing[]>;
  appliedAt: Temporal.Instant | null;
};

declare module '../../platform/database/tables.ts' {
  interface Tables {
    venue: VenueTable;
    screening: ScreeningTable;
    screeningVersion: ScreeningVersionTable;
    screeningFormerSlug: ScreeningFormerSlugTable;
    screeningImport: ScreeningImportTable;
  }
}
