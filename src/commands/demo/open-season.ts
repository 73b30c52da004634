import type { Temporal } from 'temporal-polyfill';
import {
  addCode,
  addCodes,
  addTicketType,
  type CodeDraft,
  saveBoxOffice,
  setPlaces,
} from '../../domain/boxoffice/index.ts';
import { putIntoFund, saveGrantRule } from '../../domain/fund/index.ts';
import { addParticipant, addShareRule } from '../../domain/ledger/index.ts';
import { applyListings, teamScreeningBySlug } from '../../domain/screenings/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { listingOfShow, type Show, scenes, waves } from './calendar.ts';
import { type OpenShow, team } from './season.ts';
import { filmZone, type SeasonClock } from './season-clock.ts';
import { draftOf, type TypeName } from './types-on-sale.ts';

/** The hour at which each wave comes on sale, in the film's zone. */
const saleHour = '10:00';

const noCode: Omit<CodeDraft, 'word'> = {
  ...{ kind: 'percent', off: 0, currency: null, screeningId: null, ticketTypeId: null },
  ...{ usesMax: null, moneyMax: null, goodFrom: null, goodUntil: null, note: '' },
};

/** What buyers type; who types which is drawn in orders.ts. */
const codes: readonly CodeDraft[] = [
  { ...noCode, word: 'EARLYBIRD', off: 20, usesMax: 100_000, note: 'The first days after the announcement' },
  {
    ...noCode,
    word: 'UNION5',
    kind: 'amount',
    off: 500,
    currency: 'USD',
    note: 'For members of partner unions',
  },
  { ...noCode, word: 'NEIGHBORS', off: 15, note: 'On the flyers of the houses' },
];

/** Who has a share in the film’s money; the last of them of one show alone. */
const participantsPlanned = [
  { name: 'Night Shift Workers’ Center', base: 'net-of-fees', points: 1000, show: null },
  { name: 'Two Reels Booking', base: 'gross', points: 800, show: null },
  { name: 'Oriol Fuentes, live score', base: 'net-of-fees', points: 2500, show: scenes.soldOutBefore },
] as const;

/** What the makers put into the fund when it opened, minor units. */
const openingGifts = [
  ['USD', 60_000],
  ['CAD', 4_000],
] as const;

/** Puts the season on sale: its shows with places and types, codes, the fund’s rules, who has a share. */
export async function openSeason(
  tx: Tx,
  filmId: string,
  { shows, clock, begins }: { shows: readonly Show[]; clock: SeasonClock; begins: Temporal.Instant },
): Promise<Map<string, OpenShow>> {
  await saveBoxOffice(tx, filmId, begins, team, {
    ...{ holdMinutes: 15, refundHours: 24, invoiceDays: 21, offerHours: 24 },
  });
  const listings = shows.map((show) => listingOfShow(show, clock.today));
  await applyListings(tx, filmId, begins, team, listings);
  const open = new Map<string, OpenShow>();
  for (const show of shows) open.set(show.slug, await openShow(tx, filmId, begins, { show, clock }));
  for (const draft of codes) await addCode(tx, filmId, begins, team, draft);
  await addCodes(tx, filmId, begins, team, {
    draft: { ...noCode, kind: 'comp', usesMax: 2, note: 'Cast and crew' },
    ...{ prefix: 'CREW-', count: 24 },
  });
  await openFund(tx, filmId, begins, clock);
  await addSharers(tx, filmId, begins, open);
  return open;
}

async function openShow(
  tx: Tx,
  filmId: string,
  begins: Temporal.Instant,
  { show, clock }: { show: Show; clock: SeasonClock },
): Promise<OpenShow> {
  const screening = await teamScreeningBySlug(tx, filmId, show.slug);
  if (!screening) throw new Error(`the show ${show.slug} was not kept`);
  const { id: screeningId } = screening;
  await setPlaces(tx, filmId, begins, team, { screeningId, places: show.places });
  const saleFrom = clock.planned(show.onSaleDay, saleHour, filmZone);
  const types = new Map<TypeName, string>();
  for (const name of show.types) {
    const draft = draftOf(name, show.market, saleFrom);
    types.set(name, await addTicketType(tx, filmId, begins, team, { screeningId, draft }));
  }
  return { show, screeningId, types };
}

async function openFund(tx: Tx, filmId: string, begins: Temporal.Instant, clock: SeasonClock): Promise<void> {
  const bookedOn = clock.today.add({ days: waves[0].day - 2 });
  for (const [currency, amount] of openingGifts) {
    await saveGrantRule(tx, filmId, begins, team, {
      ...{ channel: 'screening', currency, screeningId: null, paysMax: null, who: 'everyone' },
      ...{ needsAddress: true, perAddressMax: 2, perAddressDays: 30, placesMax: 20, offerHours: 48 },
    });
    await putIntoFund(tx, filmId, begins, team, {
      ...{ key: `demo-${currency}`, currency, amount, bookedOn, memo: 'The makers open the fund' },
    });
  }
}

async function addSharers(
  tx: Tx,
  filmId: string,
  begins: Temporal.Instant,
  open: ReadonlyMap<string, OpenShow>,
): Promise<void> {
  for (const { name, show, ...share } of participantsPlanned) {
    const { id: participantId } = await addParticipant(tx, filmId, begins, team, name);
    const screeningId = show === null ? null : (open.get(show)?.screeningId ?? null);
    await addShareRule(tx, filmId, begins, team, {
      ...{ participantId, fixed: null, currency: null, channel: null, cap: null, startsAt: begins },
      ...{ ...share, screeningId },
    });
  }
}
