import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { type Db, inFilm } from '../../platform/database/database.ts';
import type { Recurring } from '../../platform/jobs/worker.ts';
import './tables.ts';

/**
 * How long a day stays open: a team enters last month's costs when the bank's statement has come. Longer, and the
 * entries that every balance sums anew grow with it.
 */
export const openDays = 45;
/** As many days as one transaction sums well within a statement's time. */
const daysAtOnce = 31;

/**
 * Closes a film's days that have been open long enough: sums them once, and nothing is booked on them any more.
 * Done again it does nothing.
 * @returns the last closed day, null where nothing was ever booked that long ago
 */
export async function closeDays(db: Db, filmId: string, today: Temporal.PlainDate): Promise<string | null> {
  const last = today.subtract({ days: openDays + 1 });
  for (;;) {
    const step = await inFilm(db, filmId, async (tx) => {
      const { rows } = await sql<{ closed: string | null; first: string | null }>`
        select (select closed_through from ledger_close where film_id = ${filmId}::uuid) as closed,
               (select min(booked_on) from ledger_group where film_id = ${filmId}::uuid) as first`.execute(
        tx,
      );
      const [{ closed = null, first = null } = {}] = rows;
      if (closed !== null && closed >= last.toString()) return { through: closed, isDone: true };
      const start = closed ?? first;
      if (start === null || start > last.toString()) return { through: closed, isDone: true };
      const next = Temporal.PlainDate.from(start).add({ days: daysAtOnce });
      const through = (next.toString() < last.toString() ? next : last).toString();
      await sql`select close_ledger_days(${through}::date)`.execute(tx);
      return { through, isDone: through === last.toString() };
    });
    if (step.isDone) return step.through;
  }
}

export const ledgerRecurring: readonly Recurring[] = [{ name: 'close-ledger-days', when: '23 4 * * *' }];
