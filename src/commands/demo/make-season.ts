import { sql } from 'kysely';
import { addDemoInquiries } from '../../domain/audience/index.ts';
import {
  beginDemo,
  createFilm,
  films,
  finishDemo,
  learnDemoSizes,
  publishRevision,
  saveRevision,
} from '../../domain/film/index.ts';
import { enrolInstallationOwners } from '../../domain/people/index.ts';
import { commandLine } from '../../platform/audit/index.ts';
import { checkSoFar, inFilm, type Tx } from '../../platform/database/database.ts';
import { sandboxWithin } from '../../platform/payments/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import type { Ground } from '../ground.ts';
import { planReturns } from './after-sale.ts';
import { calendarOf, waves } from './calendar.ts';
import { planChanges } from './changed-shows.ts';
import { demandOf } from './demand.ts';
import { diceOf } from './dice.ts';
import { planDoors } from './doors.ts';
import { planClaims } from './fund-claims.ts';
import { planGuests } from './guests.ts';
import { planMoney } from './money.ts';
import { openSeason } from './open-season.ts';
import { plannedOrders } from './orders.ts';
import { agenda, type Season, together } from './season.ts';
import { filmZone, seasonClock } from './season-clock.ts';
import { seasonDocument, seasonSlug } from './season-film.ts';
import { sell, type Tally } from './sell.ts';

export type SeasonWish = {
  readonly seed: number;
  /** About so many; a house that is full turns some away. */
  readonly orders: number;
  /** Told now and then: how many of the orders have been taken. */
  readonly told?: (taken: number) => void;
};

export type MadeSeason = Tally & { readonly slug: string; readonly filmId: string; readonly shows: number };

const inquiriesOfSeason = { count: 24, days: 60 };
/** So many orders are asked at once whether their books balance. */
const ordersACheck = 200;
/** By how much it has grown when its size is told anew. */
const growth = 1.7;

/**
 * Makes a film of its own with a season: on sale, sold, given back, let in, paid out, by the same commands as a real
 * one and with their own time passed in. In one transaction: whoever stops it leaves nothing behind. The same seed on
 * the same day makes the same.
 * @throws {Refusal} demo_under_way, while another is being made
 */
export async function makeSeason(
  { database, clock, config }: Pick<Ground, 'database' | 'clock'> & { config: { publicUrl: string } },
  { seed, orders, told = () => {} }: SeasonWish,
): Promise<MadeSeason> {
  const db = database.kysely;
  const filmId = newId();
  return await inFilm(db, filmId, async (tx) => {
    await oneAtATime(tx);
    const slug = await freeSlug(tx);
    const siteUrl = `${config.publicUrl}/films/${slug}`;
    const now = clock();
    const time = seasonClock(now);
    const begins = time.planned(waves[0].day - 2, '09:00', filmZone);
    await makeFilm(tx, filmId, { slug, seed, begins, now });
    const made = await playSeason(tx, filmId, { time, begins, wish: { seed, orders, told }, siteUrl });
    await addDemoInquiries(tx, filmId, now, inquiriesOfSeason.count, inquiriesOfSeason.days);
    await finishDemo(tx, filmId, now);
    return { slug, filmId, ...made };
  });
}

/** Two at once would ask for the same name, and for the same tables' sizes, for minutes. */
async function oneAtATime(tx: Tx): Promise<void> {
  const { rows } = await sql<{ isOurs: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('demo season', 0)) as is_ours`.execute(tx);
  if (!rows[0]?.isOurs) throw new Refusal('demo_under_way');
}

async function freeSlug(tx: Tx): Promise<string> {
  const taken = new Set((await films(tx)).map(({ slug }) => slug));
  let number = 1;
  while (taken.has(seasonSlug(number))) number += 1;
  return seasonSlug(number);
}

type Moments = { readonly begins: ReturnType<Ground['clock']>; readonly now: ReturnType<Ground['clock']> };

async function makeFilm(
  tx: Tx,
  filmId: string,
  { slug, seed, begins, now }: Moments & { slug: string; seed: number },
): Promise<void> {
  await createFilm(tx, filmId, begins, { slug, isDemo: true });
  await beginDemo(tx, filmId, now, { seed });
  await enrolInstallationOwners(tx, filmId, begins);
  const draft = { document: seasonDocument(slug), files: {}, parentId: null, note: 'Generated' };
  const { revision } = await saveRevision(tx, filmId, begins, commandLine, draft);
  await publishRevision(tx, filmId, begins, commandLine, revision.number);
}

type Play = {
  readonly time: ReturnType<typeof seasonClock>;
  readonly begins: Moments['begins'];
  readonly wish: Required<SeasonWish>;
  readonly siteUrl: string;
};

async function playSeason(
  tx: Tx,
  filmId: string,
  { time, begins, wish, siteUrl }: Play,
): Promise<Tally & { shows: number }> {
  const dice = diceOf(String(wish.seed));
  const shows = calendarOf(dice.of('calendar'), wish.orders);
  const open = await openSeason(tx, filmId, { shows, clock: time, begins });
  await learnDemoSizes(tx);
  const due = agenda(time.end);
  let at = begins;
  const season: Season = {
    ...{ tx, filmId, dice, clock: time, shows: open, siteUrl },
    driver: sandboxWithin((work) => work(tx), { clock: () => at, filmId, siteUrl }),
    dayOf: (moment) => moment.toZonedDateTimeISO(filmZone).toPlainDate(),
    at: due.add,
  };
  planMoney(season);
  planGuests(season);
  await planClaims(season, begins, wish.orders);
  planChanges(season);
  planReturns(season);
  planDoors(season);
  const live = async (until: Moments['begins']) => {
    for (let next = due.takeNext(until); next; next = due.takeNext(until)) {
      at = time.moment(next.planned);
      await next.act(at);
    }
    at = time.moment(until);
  };
  const tally: Tally = { orders: 0, turnedAway: 0, abandoned: 0 };
  const planned = plannedOrders(dice.of('orders'), demandOf(shows, wish.orders, time.today), time);
  let [checkedAt, learntAt] = [0, 0];
  for (const batch of together(planned)) {
    await live(batch[0]?.at ?? time.end);
    await sell(season, tally, batch);
    if (tally.orders >= checkedAt + ordersACheck) {
      checkedAt = tally.orders;
      await checkSoFar(tx);
      if (tally.orders > learntAt * growth) {
        learntAt = tally.orders;
        await learnDemoSizes(tx);
      }
    }
    wish.told(tally.orders);
  }
  await live(time.end);
  return { ...tally, shows: shows.length };
}
