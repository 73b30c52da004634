import { compGuests, guestHolds, keepForGuests, releaseGuests } from '../../domain/boxoffice/index.ts';
import { newSecret } from '../../platform/secrets.ts';
import { personOf } from './people.ts';
import { type OpenShow, type Season, team } from './season.ts';

/** For whom houses keep places: how many, and what becomes of them the day before. */
const kept = [
  { note: 'Panel and their guests', places: 6, later: 'tickets' },
  { note: 'Local press', places: 4, later: 'released' },
  { note: 'Wheelchair companions', places: 3, later: 'kept' },
  { note: 'Partner union', places: 10, later: 'tickets' },
] as const;

/** Every so many shows keep places. */
const everyNth = 5;

/** Keeps places for guests at some shows; some become tickets, some go back to everybody, some are still kept. */
export function planGuests(season: Season): void {
  const { tx, filmId, clock, shows } = season;
  const open = [...shows.values()].filter(({ show }) => !show.isPrivate && show.day !== 0);
  for (const [at, each] of open.entries()) {
    if (at % everyNth !== 2) continue;
    const { show, screeningId } = each;
    const { note, places, later } = kept[Math.floor(at / everyNth) % kept.length] ?? kept[0];
    season.at(clock.planned(show.onSaleDay, '11:00', show.market.timezone), (now) =>
      keepForGuests(tx, filmId, now, team, { screeningId, places, note }),
    );
    if (later === 'kept') continue;
    season.at(clock.planned(show.day - 1, '16:20', show.market.timezone), async (now) => {
      const [hold] = await guestHolds(tx, filmId, screeningId);
      if (!hold) return;
      if (later === 'released')
        return await releaseGuests(tx, filmId, now, team, { screeningId, holdId: hold.id });
      await giveTickets(season, now, { each, holdId: hold.id, places, at });
    });
  }
}

async function giveTickets(
  { tx, filmId, dice, dayOf }: Season,
  now: Parameters<Season['dayOf']>[0],
  { each, holdId, places, at }: { each: OpenShow; holdId: string; places: number; at: number },
): Promise<void> {
  const guests = Array.from({ length: places - 1 }, (_, guest) =>
    personOf(dice, 3_000_000 + at * 100 + guest),
  );
  const [host] = guests;
  if (!host) return;
  await compGuests(
    ...[tx, filmId, now, team],
    {
      ...{ key: newSecret(), screeningId: each.screeningId, holdId, places: guests.length, language: 'en' },
      ...{ name: host.name, address: host.address, guestNames: guests.map(({ name }) => name) },
    },
    dayOf(now),
  );
}
