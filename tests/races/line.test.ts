import { describe, expect, it } from 'vitest';
import { newSecret } from '../../src/platform/secrets.ts';
import { buyerAt, confirmAt, sendTo } from '../ground/buyers.ts';
import { freeType } from '../ground/on-sale.ts';
import type { Settings } from '../ground/program.ts';
import { crowdOf, openRace, withoutLockOf } from '../ground/race.ts';

const race = await openRace();
const { pair, ask } = race;
const either = (index: number) => pair[index % 2] ?? pair[0];

/**
 * A full house of twenty and a line of thirty for forty-five places. At the same moment ten give their places back and
 * the team adds some, at two processes, while others try to buy and two workers offer what is free.
 */
async function comeBack(slug: string, places: number, settings: Settings = {}) {
  const { id, typeIds } = await race.onSale(slug, 20, [freeType]);
  const wish = { [`q-${typeIds[0]}`]: '1' };
  const full = await crowdOf(Array.from({ length: 20 }), async (_, index) => {
    const bought = await buyerAt(either(index), slug, wish);
    return await confirmAt(either(index + 1), bought);
  });
  expect(new Set(full)).toEqual(new Set([303]));
  const joined = await crowdOf(Array.from({ length: 30 }), async (_, index) => {
    const places = String(1 + (index % 2));
    const fields = { key: newSecret(), address: `one-${index}@example.org`, places };
    const answer = await sendTo(either(index).url, `/screenings/${slug}/waitlist`, fields);
    return answer.status;
  });
  expect(new Set(joined)).toEqual(new Set([303]));
  const tickets = await ask<{ id: string; order: string }>(
    `select id, order_id as "order" from ticket where screening_id = $1 limit 10`,
    [id],
  );
  const give = async (ticket: (typeof tickets)[number], index: number) => {
    const changes = [
      race.atDesk(either(index), `/orders/${ticket.order}/refund`, { 'ticket[]': ticket.id }),
      buyerAt(either(index + 1), slug, wish).then(({ status }) => status),
      ...(index === 4
        ? [race.atDesk(either(1), `/screenings/${id}/tickets/places`, { places: String(places) })]
        : []),
      // Each of those who look after the line looks at once.
      ask(`select graphile_worker.add_job('sweep-waitlists')`).then(() => 303),
    ];
    return await Promise.all(changes);
  };
  const statuses = await race.besideWorkers(2, settings, async (until) => {
    const given = await crowdOf(tickets, give);
    await until(
      `select 1 from graphile_worker.jobs where task_identifier in ('offer-places', 'sweep-waitlists')`,
    );
    return given.flat();
  });
  const line = await ask<{ offered: boolean; places: number; held: number | null }>(
    `select offered_at is not null as offered, places, (select places from hold where id = hold_id) as held
       from wait_entry where screening_id = $1 order by joined_at, id`,
    [id],
  );
  const [house] = await ask<{ taken: number; places: number; held: number }>(
    `select taken, places, (select sum(places)::int from hold where screening_id = $1) as held
       from capacity where screening_id = $1`,
    [id],
  );
  return { statuses, line, house };
}

/** Offers that are not held or come out of turn, and places that are held for nobody; ten of those who bought stayed. */
function wrongOf({ line, house }: Awaited<ReturnType<typeof comeBack>>) {
  const offered = line.reduce((sum, entry) => sum + (entry.offered ? entry.places : 0), 0);
  const waiting = line.findIndex((entry) => !entry.offered);
  return {
    unheld: line.filter((entry) => entry.offered && entry.places !== entry.held).length,
    passedOver: line.filter((entry, at) => entry.offered && waiting >= 0 && at > waiting).length,
    forNobody: (house?.held ?? 0) - 10 - offered,
    offered,
  };
}

describe('A9 a full house of which places come back', () => {
  it('offers them in the line’s order, each once, and never more, whoever gives, adds, buys and offers at once', async () => {
    const back = await comeBack('line', 25);
    expect(new Set(back.statuses)).toEqual(new Set([303, 409]));
    expect(wrongOf(back)).toEqual({ unheld: 0, passedOver: 0, forNobody: 0, offered: 15 });
    expect(back.house).toEqual({ taken: 25, places: 25, held: 25 });
  });

  it('keeps places for nobody when its workers do not lock (negative control)', async () => {
    const { unheld, passedOver, forNobody } = wrongOf(
      await comeBack('unlocked', 90, withoutLockOf('capacity')),
    );
    expect(unheld + passedOver + forNobody).toBeGreaterThan(0);
  });
});
