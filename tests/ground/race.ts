import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { afterAll, expect, vi } from 'vitest';
import {
  keepPage,
  orderById,
  paymentAccount,
  placeHolds,
  savePaymentKey,
  saveWebhookSecret,
  startCharge,
} from '../../src/domain/boxoffice/index.ts';
import { inFilm, type Tx } from '../../src/platform/database/database.ts';
import { newSecret } from '../../src/platform/secrets.ts';
import { firstOwner } from './first-owner.ts';
import { besideProgram, fixedType, type OnSale, putOnSale } from './on-sale.ts';
import { newInstallation, type Program, type Settings } from './program.ts';
import type { Session } from './stripe/books.ts';
import { type Signed, signed, webhookSecret } from './stripe/events.ts';
import { StripeServer } from './stripe/server.ts';

const preload = fileURLToPath(new URL('./without-row-locks.mjs', import.meta.url));

/** What a program is started with to run without one table's row locks, and with moments between what it writes. */
export const withoutLockOf = (table: string, momentMsMax = 40): Settings => ({
  NODE_OPTIONS: `--import=${preload}`,
  WITHOUT_LOCK: table,
  WITHOUT_LOCK_MS: String(momentMsMax),
});

/** Two server processes of one installation. */
export type Pair = readonly [Program, Program];

/** An order whose page of payment was opened; its path opens it to its buyer. */
export type Paying = { readonly orderId: string; readonly path: string; readonly session: Session };

/** What of a crowd is on its way at once: more would wait in line for a connection and race less. */
const atOnceMax = 24;

/** Does the same with all of them, so many at a time. */
export async function crowdOf<T, R>(
  all: readonly T[],
  work: (each: T, index: number) => Promise<R>,
  atOnce: number = atOnceMax,
): Promise<R[]> {
  const answers: R[] = [];
  let next = 0;
  const hand = async () => {
    while (next < all.length) {
      const index = next++;
      answers[index] = await work(all[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, hand));
  return answers;
}

/**
 * Two server processes on one database, a film that is paid through a Stripe of the tests, and its owner's session at
 * both. No worker runs unless a test starts one.
 */
export async function openRace() {
  const stripe = await new StripeServer().listen();
  afterAll(() => stripe.close());
  const installation = await newInstallation();
  const { connection } = installation;
  // Behind a proxy, so that each request may come from an address of its own.
  const start = (settings: Settings = {}) =>
    installation.start({ ROLE: 'web', STRIPE_URL: stripe.url, PROXIES: '1', ...settings });
  const first = await start();
  const cookie = await firstOwner(first);
  // One site at two ports, as behind a proxy.
  const pair: Pair = [first, await start({ PUBLIC_URL: first.url })];
  const owner = new pg.Pool({ ...connection, max: 4 });
  afterAll(() => owner.end());
  const within = <T>(work: (tx: Tx, filmId: string) => Promise<T>): Promise<T> =>
    besideProgram(connection, ({ kysely }, filmId) => inFilm(kysely, filmId, (tx) => work(tx, filmId)));
  const by = { personId: null, name: 'Ada Okafor' };
  await within(async (tx, filmId) => {
    const account = { providerAccount: 'acct_union', isLive: false, secretKey: 'sk_test_union_4242' };
    await savePaymentKey(tx, filmId, Temporal.Now.instant(), by, account);
    await saveWebhookSecret(tx, filmId, Temporal.Now.instant(), by, webhookSecret);
  });
  const race = {
    ...{ stripe, pair, owner, within, cookie, start, by },
    /** What went wrong in either process, as its log says it. */
    troubles: (): string[] =>
      pair.flatMap((program) =>
        program
          .terminal()
          .split('\n')
          .filter((line) => /"level":"?(50|error)/.test(line)),
      ),
    /** The same two without one table's row locks: what holds at the others must not hold here. */
    withoutLock: async <T>(
      table: string,
      work: (unlocked: Pair) => Promise<T>,
      momentMsMax?: number,
    ): Promise<T> => {
      const settings = withoutLockOf(table, momentMsMax);
      const unlocked: Pair = await Promise.all([start(settings), start(settings)]);
      const done = await work(unlocked);
      await Promise.all(unlocked.map((program) => program.stop()));
      return done;
    },
    ask: async <Row extends pg.QueryResultRow>(statement: string, values: unknown[] = []): Promise<Row[]> =>
      (await owner.query<Row>(statement, values)).rows,
    /** Lets workers do what waits, until nothing is found by this any more. */
    workUntil: async (statement: string, count = 1): Promise<void> =>
      await race.besideWorkers(count, {}, async (until) => await until(statement)),
    /** Does something while workers look for jobs; `until` waits until nothing is found by a statement any more. */
    besideWorkers: async <T>(
      count: number,
      settings: Settings,
      work: (until: (statement: string) => Promise<void>) => Promise<T>,
    ): Promise<T> => {
      const one = () => start({ ...settings, ROLE: 'worker' });
      const workers = await Promise.all(Array.from({ length: count }, one));
      const done = await work((statement) =>
        vi.waitFor(async () => expect((await owner.query(statement)).rows).toEqual([]), 60_000),
      );
      await Promise.all(workers.map((worker) => worker.stop()));
      return done;
    },
    onSale: (slug: string, places: number, types = [fixedType]) =>
      besideProgram(connection, (database, filmId) => putOnSale(database, filmId, slug, { places, types })),
    /** Orders for one place each, as they stand when their buyers are at the payment page. */
    paying: async (sale: OnSale, count: number, gift = 0): Promise<Paying[]> => {
      const all: Paying[] = [];
      for (let left = count; left > 0; left -= perTransaction)
        all.push(
          ...(await within((tx, filmId) =>
            openPages(tx, filmId, stripe, sale, { count: Math.min(left, perTransaction), gift }),
          )),
        );
      return all;
    },
    /** Sends an event about a page to one of the processes, as Stripe does. @returns its status */
    tell: async ({ url }: Program, session: Session, kind = 'checkout.session.completed') =>
      await deliver(url, signed(stripe, kind, session)),
    /** The buyer comes back from the provider's page. @returns the answer's status */
    comeBack: async ({ url }: Program, { path }: Paying): Promise<number> => {
      return await statusOf(fetch(`${url}${path}&from=payment`, { redirect: 'manual' }));
    },
    /** Sends a form of the desk as its owner. @returns the status */
    atDesk: async ({ url }: Program, path: string, form: Record<string, string>): Promise<number> =>
      await statusOf(
        fetch(`${url}/admin/films/union${path}`, {
          method: 'POST',
          redirect: 'manual',
          headers: { origin: url, 'sec-fetch-site': 'same-origin', cookie },
          body: new URLSearchParams(form),
        }),
      ),
  };
  return race;
}

export type OpenRace = Awaited<ReturnType<typeof openRace>>;

const perTransaction = 100;

async function openPages(
  tx: Tx,
  filmId: string,
  stripe: StripeServer,
  { id: screeningId, typeIds: [ticketTypeId = ''] }: OnSale,
  { count, gift }: { readonly count: number; readonly gift: number },
): Promise<Paying[]> {
  const now = Temporal.Now.instant();
  const account = await paymentAccount(tx, filmId);
  const requests = Array.from({ length: count }, () => ({
    ...{ key: newSecret(), screeningId, gift, code: '', channel: 'site' as const, language: 'en' },
    ...{ referral: null, choices: [{ ticketTypeId, quantity: 1, amount: null }] },
  }));
  const answers = await placeHolds(tx, filmId, now, requests);
  const said = { buyer: { name: 'Grace Moore', address: 'grace@example.org' }, guestNames: [] };
  const pages: Paying[] = [];
  for (const [index, answer] of answers.entries()) {
    if (answer.kind !== 'held') throw new Error('no place');
    const { orderId } = answer;
    const asked = { orderId, provider: 'stripe' as const, accountId: account?.id ?? null, said };
    const { id: chargeId, amount, currency } = await startCharge(tx, filmId, now, asked);
    const order = await orderById(tx, filmId, orderId);
    const session = stripe.openSession({ amount, currency, reference: orderId, chargeId });
    const path = `/orders/${order?.code}?key=${requests[index]?.key}`;
    await keepPage(tx, filmId, chargeId, { ref: session.id, url: `${stripe.url}/pay/${session.id}` });
    pages.push({ orderId, path, session });
  }
  return pages;
}

async function deliver(url: string, { body, signature }: Signed): Promise<number> {
  const headers = { 'stripe-signature': signature, 'content-type': 'application/json' };
  return await statusOf(fetch(`${url}/webhooks/stripe`, { method: 'POST', headers, body }));
}

/** What was answered, once it was answered whole. */
async function statusOf(asked: Promise<Response>): Promise<number> {
  const answer = await asked;
  await answer.arrayBuffer();
  return answer.status;
}
