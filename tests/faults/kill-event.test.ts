import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import type { Program } from '../ground/program.ts';
import { openRace, type Paying } from '../ground/race.ts';

const race = await openRace();
const { stripe, pair, ask } = race;
const preload = fileURLToPath(new URL('../ground/die-at-statement.mjs', import.meta.url));
const sale = await race.onSale('killed', 500);

async function paid(): Promise<Paying> {
  const [paying] = await race.paying(sale, 1);
  if (!paying) throw new Error('no order');
  stripe.pay(paying.session);
  return paying;
}

/** Sends the event of a payment. @returns the status; 0 where nobody answered */
const tell = (program: Program, { session }: Paying): Promise<number> =>
  race.tell(program, session).catch(() => 0);

type OnDisk = { paid: boolean; tickets: number; groups: string | null; letters: number; events: number };

async function onDisk({ orderId }: Paying): Promise<OnDisk | undefined> {
  const [row] = await ask<OnDisk>(
    `select confirmed_at is not null as paid,
            (select count(*)::int from ticket where order_id = "order".id) as tickets,
            (select string_agg(kind, ' ' order by kind) from ledger_group where subject_id = "order".id) as groups,
            (select count(*)::int from graphile_worker.jobs where key = 'tickets:' || "order".id) as letters,
            (select count(*)::int from provider_event join charge on charge.id = charge_id
              where order_id = "order".id) as events
       from "order" where id = $1`,
    [orderId],
  );
  return row;
}

const nothing: OnDisk = { paid: false, tickets: 0, groups: null, letters: 0, events: 0 };
const whole: OnDisk = { paid: true, tickets: 1, groups: 'fee order', letters: 1, events: 1 };

/** The session of the database that a killed program had: what it did is undone once the server sees that it is gone. */
const gone = (paying: Paying): Promise<OnDisk | undefined> =>
  vi.waitFor(async () => {
    const row = await onDisk(paying);
    expect([nothing, whole]).toContainEqual(row);
    expect(
      await ask(`select 1 from pg_stat_activity where application_name = 'houselights'
                   and state like 'idle in transaction%' and datname = current_database()`),
    ).toEqual([]);
    return row;
  }, 20_000);

/** The provider got no answer, and sends its event again, to a process that lives. */
async function again(paying: Paying): Promise<void> {
  expect(await tell(pair[0], paying)).toBe(200);
  expect(await onDisk(paying)).toMatchObject({ ...whole, events: expect.any(Number) });
}

/** Starts a process that dies before its statement of this number, or at its commit, and sends it an event. */
async function diesAt(statement: number | 'commit'): Promise<{ status: number; left: OnDisk | undefined }> {
  const settings = { NODE_OPTIONS: `--import=${preload}`, DIE_AT: String(statement) };
  const [program, paying] = await Promise.all([race.start(settings), paid()]);
  const status = await tell(program, paying);
  const left = await gone(paying);
  if (status === 0) await again(paying);
  await program.kill();
  return { status, left };
}

describe('C3 a process that is killed while it takes an event in', () => {
  it('has received nothing, at every statement from the first to the commit', async () => {
    const all: Awaited<ReturnType<typeof diesAt>>[] = [];
    // Until one lives long enough to answer; two at a time.
    for (let at = 1; !all.some(({ status }) => status !== 0); at += 2)
      all.push(...(await Promise.all([diesAt(at), diesAt(at + 1)])));
    const killed = all.filter(({ status }) => status === 0);
    expect(killed.length).toBeGreaterThan(20);
    expect(killed.map(({ left }) => left)).toEqual(killed.map(() => nothing));
    expect(all.find(({ status }) => status !== 0)).toMatchObject({ status: 200, left: whole });
  }, 600_000);

  it('has received everything or nothing where it dies between its commit and the answer to that', async () => {
    const { status, left } = await diesAt('commit');
    expect(status).toBe(0);
    expect([nothing, whole]).toContainEqual(left);
  }, 60_000);

  it('has received nothing while it waits for the order’s lock, and while it asks the provider', async () => {
    for (const where of ['lock', 'provider'] as const) {
      const [program, paying] = await Promise.all([race.start(), paid()]);
      const holder = await race.owner.connect();
      await holder.query('begin');
      if (where === 'lock')
        await holder.query('select 1 from "order" where id = $1 for update', [paying.orderId]);
      else stripe.failNext('/v1/checkout/sessions/', { kind: 'delay', ms: 30_000 });
      const calls = stripe.calls.length;
      const telling = tell(program, paying);
      await vi.waitFor(async () => {
        const waits = await ask(`select 1 from pg_stat_activity where wait_event_type = 'Lock'
                                   and datname = current_database()`);
        expect(where === 'lock' ? waits.length : stripe.calls.length - calls).toBeGreaterThan(0);
      }, 20_000);
      await program.kill();
      expect(await telling).toBe(0);
      await holder.query('rollback');
      holder.release();
      expect(await gone(paying)).toEqual(nothing);
      await again(paying);
    }
  }, 60_000);
});
