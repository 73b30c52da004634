import { Temporal } from 'temporal-polyfill';
import {
  chooseAfterChange,
  exchangeChoices,
  failRefund,
  noteTold,
  noticesOf,
  orderById,
  ordersToRefund,
  refundsOf,
  refundWholeOrder,
  tellOfChange,
} from '../../domain/boxoffice/index.ts';
import { cancelScreening, editScreening, listingOf, screeningById } from '../../domain/screenings/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newSecret } from '../../platform/secrets.ts';
import { settle } from './after-sale.ts';
import { scenes } from './calendar.ts';
import { buyer, type OpenShow, type Season, team } from './season.ts';
import { filmZone } from './season-clock.ts';

type Wish = 'keep' | 'exchange' | 'refund' | 'nothing yet';
type Change = {
  readonly slug: string;
  readonly day: number;
  readonly message: string;
  readonly change: (season: Season, now: Temporal.Instant, open: OpenShow) => Promise<void>;
  /** What those with tickets do about it, each with its weight. */
  readonly wishes: readonly (readonly [Wish, number])[];
};

const changes: readonly Change[] = [
  {
    ...{ slug: scenes.moved, day: -3, change: moveByADay },
    message: 'The projector is being mended. We play one evening later, in the same house.',
    wishes: [
      ['keep', 55],
      ['exchange', 12],
      ['refund', 15],
      ['nothing yet', 18],
    ],
  },
  {
    ...{ slug: scenes.cancelled, day: -4, change: cancel },
    message: 'The house has lost its licence for the month. We are sorry, and we will be back.',
    wishes: [
      ['exchange', 25],
      ['refund', 40],
      ['nothing yet', 35],
    ],
  },
  {
    ...{ slug: scenes.cancelledBefore, day: -13, change: cancel, wishes: [['nothing yet', 1]] },
    message: 'The air conditioning is broken, and it is too hot. Everybody gets their money back.',
  },
];

/** Lets shows be moved and cancelled, everybody told, and everybody choose. */
export function planChanges(season: Season): void {
  for (const change of changes)
    season.at(season.clock.planned(change.day, '11:30', filmZone), (now) => happen(season, now, change));
  const before = season.shows.get(scenes.cancelledBefore);
  if (before)
    season.at(season.clock.planned(-12, '10:15', filmZone), (now) => refundAll(season, now, before));
}

async function moveByADay({ tx, filmId }: Season, now: Temporal.Instant, open: OpenShow): Promise<void> {
  const screening = await screeningById(tx, filmId, open.screeningId);
  if (!screening) throw new Error('a show is gone');
  const listing = listingOf(screening);
  const starts_at = Temporal.PlainDateTime.from(listing.starts_at)
    .add({ days: 1 })
    .toString({ smallestUnit: 'minute' });
  const { id, version } = screening;
  await editScreening(tx, filmId, now, team, { id, version, listing: { ...listing, starts_at } });
}

async function cancel({ tx, filmId }: Season, now: Temporal.Instant, open: OpenShow): Promise<void> {
  await cancelScreening(tx, filmId, now, team, open.screeningId);
}

async function happen(season: Season, now: Temporal.Instant, { slug, day, ...rest }: Change): Promise<void> {
  const { tx, filmId, clock, dice, shows } = season;
  const open = shows.get(slug);
  if (!open) return;
  await rest.change(season, now, open);
  const told = now.add({ minutes: 1 });
  await tellOfChange(tx, filmId, told, team, { screeningId: open.screeningId, message: rest.message });
  const notices = await noticesOf(tx, filmId, open.screeningId);
  const inOrder = notices.toSorted((one, other) => (one.orderId < other.orderId ? -1 : 1));
  for (const [at, { changeId, orderId }] of inOrder.entries()) {
    const order = await orderById(tx, filmId, orderId);
    const secret = newSecret();
    if (order?.buyer?.address) await noteTold(tx, filmId, told, { changeId, orderId, secret });
    const own = dice.of(`${slug} choice ${at}`);
    const wish = own.weighted(rest.wishes);
    const planned = clock.planned(day, '12:00', filmZone).add({ minutes: own.whole(5, 2 * 24 * 60) });
    if (wish !== 'nothing yet')
      season.at(planned, (chosen) => choose(season, chosen, { changeId, orderId, wish, isFirst: at === 0 }));
  }
}

async function choose(
  season: Season,
  now: Temporal.Instant,
  { wish, isFirst, ...notice }: { changeId: string; orderId: string; wish: Wish; isFirst: boolean },
): Promise<void> {
  const { tx, filmId } = season;
  const order = await orderById(tx, filmId, notice.orderId);
  if (!order || order.cancelledAt !== null) return;
  const to = wish === 'exchange' ? (await exchangeChoices(tx, filmId, now, order))[0] : null;
  const chosen =
    to === null || to === undefined
      ? ({ choice: wish === 'keep' ? 'keep' : 'refund' } as const)
      : ({ choice: 'exchange', screeningId: to.screening.id } as const);
  try {
    await chooseAfterChange(tx, filmId, now, buyer, { ...notice, ...chosen });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return;
  }
  if (chosen.choice === 'refund') await sendBack(season, now, notice.orderId, isFirst);
}

async function refundAll(season: Season, now: Temporal.Instant, open: OpenShow): Promise<void> {
  const { tx, filmId } = season;
  for (const [at, orderId] of (await ordersToRefund(tx, filmId, open.screeningId)).entries()) {
    await refundWholeOrder(tx, filmId, now, team, orderId);
    await sendBack(season, now, orderId, at === 0);
  }
}

/** What was paid by card goes back at once, but for one whose card is no more; by hand, the team has still to do it. */
async function sendBack(
  season: Season,
  now: Temporal.Instant,
  orderId: string,
  isCardGone: boolean,
): Promise<void> {
  const { tx, filmId } = season;
  const order = await orderById(tx, filmId, orderId);
  if (order?.method !== 'sandbox') return;
  for (const { id, state } of await refundsOf(tx, filmId, orderId)) {
    if (state !== 'asked') continue;
    if (isCardGone) await failRefund(tx, filmId, now, id, 'lost_or_stolen_card');
    else await settle(season, now, id);
  }
}
