/**
 * Promises that a screening is typed once, is found where and when it is, and never moves on the wall clock.
 * Owns venue, screening, its versions, former slugs and checked imports.
 * Never sells a ticket, and never lets a private screening out to the public reads.
 */
export { type Applied, applyListings, realignStarts } from './apply-listings.ts';
export * from './listing.ts';
export * from './local-time.ts';
export {
  accessOf,
  isOver,
  listingOf,
  type Point,
  type Screening,
  shownState,
  type Venue,
} from './screening.ts';
export { listingsOf, neighboursOf, presentSlug, screeningBySlug, upcomingScreenings } from './screenings.ts';
export { venuesOf } from './venues.ts';
