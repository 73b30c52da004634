/**
 * Promises that a screening is typed once, is found where and when it is, and never moves on the wall clock.
 * Owns venue, screening, its versions, former slugs and checked imports.
 * Never sells a ticket, and never lets a private screening out to the public reads.
 */
export { type Applied, applyListings, realignStarts } from './apply-listings.ts';
export { cancelScreening, markScreening, postponeScreening, restoreScreening } from './change-state.ts';
export { allColumns, type CsvProblem, type CsvRead, csvBytesMax, readCsv, writeCsv } from './csv.ts';
export {
  type DeskOrder,
  type DeskQuery,
  deskCities,
  deskOrders,
  deskScreenings,
  deskTimes,
} from './desk-screenings.ts';
export {
  addScreening,
  duplicateScreening,
  editScreening,
  freeSlug,
  screeningById,
} from './edit-screening.ts';
export {
  columnIn,
  type FlatListing,
  flatColumns,
  flatten,
  type TextColumn,
  textColumns,
  type Unflat,
  unflatten,
} from './flat-listing.ts';
export { applyImport, type ImportPreview, type ImportRow, keepImport } from './import-csv.ts';
export {
  type FeedQuery,
  feedScreenings,
  type ListPage,
  type ListQuery,
  latestScreenings,
  listScreenings,
  type Place,
  placesOf,
  screeningsTrueUntil,
} from './list-screenings.ts';
export * from './listing.ts';
export * from './local-time.ts';
export { kmBetween, kmFarthest, type Near, screeningsNear } from './near.ts';
export { type PublicAddress, publicAddresses } from './public-addresses.ts';
export {
  accessOf,
  isOver,
  listingOf,
  type Point,
  type Screening,
  shownState,
  type Venue,
  venueListingOf,
} from './screening.ts';
export { type ScreeningVersion, screeningVersions } from './screening-versions.ts';
export {
  listingsOf,
  type Neighbours,
  neighboursOf,
  presentSlug,
  screeningBySlug,
  screeningsByIds,
  teamScreeningBySlug,
  upcomingScreenings,
} from './screenings.ts';
export { plainText } from './venue-key.ts';
export { venueById, venuesOf } from './venues.ts';
export { pointOfZip } from './zip-codes.ts';
export { proposedZone } from './zone-for.ts';
