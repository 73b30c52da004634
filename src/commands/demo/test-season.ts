import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { afterAll } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { inFilm, type Tx } from '../../platform/database/database.ts';
import { diskStorage } from '../../platform/storage/disk.ts';
import { type MadeSeason, makeSeason, type SeasonWish } from './make-season.ts';

/** A database and a store of the test's own, in which seasons are made, at half past one in New York. */
export async function seasonGround() {
  const database = await testDatabase();
  const files = await mkdtemp(join(tmpdir(), 'houselights-demo-'));
  afterAll(() => rm(files, { recursive: true }));
  const storage = diskStorage(files);
  let now = Temporal.Instant.from('2026-11-25T18:30:00Z');
  const clock = () => now;
  const ground = { database, storage, clock, config: { publicUrl: 'http://localhost:4000' } };
  return {
    ...ground,
    at: (moment: string) => {
      now = Temporal.Instant.from(moment);
    },
    make: (wish: SeasonWish): Promise<MadeSeason> => makeSeason(ground, wish),
    within: <T>(filmId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
      inFilm(database.kysely, filmId, work),
    /** Rows as the owner sees them, of every film. */
    ask: async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => {
      const client = new pg.Client(database.connection);
      await client.connect();
      try {
        return (await client.query<T>(text, values)).rows;
      } finally {
        await client.end();
      }
    },
  };
}

/** All that a season says, without what is made anew each time: ids, secrets, codes. */
export async function saidOf(tx: Tx): Promise<unknown> {
  const { rows } = await sql<{ said: unknown }>`
    select json_build_object(
      'orders', (select json_agg(row_to_json(said) order by said::text) from (
         select screening.slug, channel, "order".language, referral, gift, total, method, buyer_name, buyer_address,
                "order".made_at, confirmed_at, cancelled_at, note,
                (select json_agg(json_build_array(guest_name, cancelled_at, generation) order by number)
                   from ticket where order_id = "order".id) as tickets,
                (select json_agg(json_build_array(quantity, price, off, granted) order by line)
                   from order_line where order_id = "order".id) as lines
           from "order" join screening on screening.id = screening_id) said),
      'refunds', (select json_agg(json_build_array(amount, of_gift, reason, state, asked_at, settled_at)
                                  order by asked_at, amount, reason) from refund),
      'scans', (select json_agg(json_build_array(slug, device, way, verdict, reason, scanned_at, undone_at is null)
                                order by slug, device, scanned_at, reason, way, verdict)
                  from scan join screening on screening.id = screening_id),
      'waits', (select json_agg(json_build_array(address, places, joined_at, offered_at) order by joined_at, address)
                  from wait_entry),
      'notices', (select json_agg(json_build_array(kind, choice, chosen_at, settled_at)
                                  order by kind, choice, chosen_at, settled_at) from order_notice),
      'grants', (select json_agg(json_build_array(currency, amount, made_at, given_at, returned_at)
                                 order by made_at, amount) from "grant"),
      'books', (select json_agg(json_build_array(code, currency, booked_on, sum) order by code, currency, booked_on)
                  from (select code, currency, booked_on, sum(amount) from ledger_entry
                          join ledger_account on ledger_account.id = account_id
                         group by code, currency, booked_on) said)) as said`.execute(tx);
  return rows[0]?.said;
}
