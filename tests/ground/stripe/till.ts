import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { afterAll } from 'vitest';
import {
  addTicketType,
  chargesOf,
  type Order,
  orderById,
  placeHolds,
  refundsOf,
  savePaymentKey,
  saveWebhookSecret,
  setPlaces,
  type TicketTypeDraft,
} from '../../../src/domain/boxoffice/index.ts';
import { groupsAbout, trialBalance } from '../../../src/domain/ledger/index.ts';
import { addScreening } from '../../../src/domain/screenings/index.ts';
import { payingJobs } from '../../../src/faces/paying/jobs.ts';
import { startPaying } from '../../../src/faces/paying/start-paying.ts';
import { paymentLetters } from '../../../src/letters/boxoffice/payment-jobs.ts';
import { inFilm, type Tx } from '../../../src/platform/database/database.ts';
import { newSecret } from '../../../src/platform/secrets.ts';
import { castFilm } from '../../cast.ts';
import { testDatabase } from '../database.ts';
import { openTestHouse, workOff } from '../house.ts';
import { collectEvents, type Signed, webhookSecret } from './events.ts';
import { StripeServer } from './server.ts';

export const byTest = { personId: null, name: 'Cleo Marsh' };
export const ada = { name: 'Ada Okafor', address: 'ada@union.example' };
export const plain: TicketTypeDraft = {
  ...{ name: 'General', about: null, kind: 'fixed', currency: 'USD', price: 1500 },
  ...{ priceMin: null, priceMax: null, placesMax: null, perOrderMax: 10 },
  ...{ saleFrom: null, saleUntil: null, needsCode: false },
};

/** A film that sells through a Stripe of the tests, with a clock that the test moves. */
export async function openTill({ isAccountSet = true } = {}) {
  const database = await testDatabase();
  const film = await castFilm(database);
  const server = await new StripeServer().listen();
  afterAll(() => server.close());
  let ahead = Temporal.Duration.from({ seconds: 0 });
  const clock = () => Temporal.Now.instant().add(ahead);
  server.nowSeconds = () => Math.floor(clock().epochMilliseconds / 1_000);
  const events = collectEvents(server);
  const test = await openTestHouse(database, { settings: { STRIPE_URL: server.url }, clock });
  const { house } = test;
  const filmId = film.id;
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inFilm(database.kysely, filmId, work);
  const account = { providerAccount: 'acct_union', isLive: false, secretKey: 'sk_test_union_4242' };
  if (isAccountSet)
    await within(async (tx) => {
      await savePaymentKey(tx, filmId, clock(), byTest, account);
      await saveWebhookSecret(tx, filmId, clock(), byTest, webhookSecret);
    });
  const handlers = {
    ...payingJobs(house),
    ...paymentLetters({ db: house.db, clock, publicUrl: house.config.publicUrl }),
  };
  let made = 0;
  const till = {
    ...{ database, film, filmId, server, events, house, within, clock, ask: test.ask },
    /** Lets time pass. */
    later: (duration: Temporal.DurationLike) => {
      ahead = ahead.add(duration);
    },
    /** Does what waits in the queue, as a worker would. */
    work: () => workOff(database, handlers),
    reconcile: () => handlers['reconcile-payments']?.({}),
    screening: (places: number, types = [plain], { days = 40, state = 'on sale' as const } = {}) =>
      within(async (tx) => {
        const slug = `show-${++made}`;
        const { id } = await addScreening(tx, filmId, clock(), byTest, {
          ...{ slug, kind: 'cinema', state },
          venue: { name: 'Northwest Film Forum', city: 'Seattle', timezone: 'America/Los_Angeles' },
          starts_at: clock()
            .add({ hours: 24 * days })
            .toZonedDateTimeISO('UTC')
            .toPlainDateTime()
            .round('minute')
            .toString({ smallestUnit: 'minute' }),
        });
        await setPlaces(tx, filmId, clock(), byTest, { screeningId: id, places });
        const typeIds: string[] = [];
        for (const draft of types)
          typeIds.push(await addTicketType(tx, filmId, clock(), byTest, { screeningId: id, draft }));
        return { id, slug, typeId: typeIds[0] ?? '' };
      }),
    /** Places set aside for somebody: the order. */
    hold: (show: { id: string; typeId: string }, quantity = 1, gift = 0, code = ''): Promise<Order> =>
      within(async (tx) => {
        const request = {
          ...{ key: newSecret(), screeningId: show.id, gift, code, channel: 'site' as const },
          ...{ language: 'en', referral: null },
          choices: [{ ticketTypeId: show.typeId, quantity, amount: null }],
        };
        const [answer] = await placeHolds(tx, filmId, clock(), [request]);
        if (answer?.kind !== 'held') throw new Error(`not held: ${JSON.stringify(answer)}`);
        const order = await orderById(tx, filmId, answer.orderId);
        if (!order) throw new Error('no order');
        return order;
      }),
    startPaying: (orderId: string, buyer: { name: string; address: string | null } = ada) =>
      startPaying(house, filmId, {
        ...{ orderId, title: 'UNION, Seattle', language: 'en' },
        said: { buyer, guestNames: ['Ada', null] },
      }),
    /** Sends an event to the film's address, as Stripe does. */
    deliver: ({ body, signature }: Pick<Signed, 'body' | 'signature'>) =>
      test.ask('/films/union/webhooks/stripe', {
        method: 'POST',
        form: body,
        headers: { 'stripe-signature': signature },
      }),
    order: async (id: string): Promise<Order> => {
      const order = await within((tx) => orderById(tx, filmId, id));
      if (!order) throw new Error('no order');
      return order;
    },
    charges: (orderId: string) => within((tx) => chargesOf(tx, filmId, orderId)),
    refunds: (orderId: string) => within((tx) => refundsOf(tx, filmId, orderId)),
    groups: (orderId: string) => within((tx) => groupsAbout(tx, filmId, orderId)),
    /** What each account holds: debits less credits, without those at nothing. */
    books: async (): Promise<Record<string, number>> => {
      const balances = await within((tx) => trialBalance(tx, filmId, null));
      const held = balances.map(({ account, debit, credit }) => [account, debit - credit] as const);
      return Object.fromEntries(held.filter(([, amount]) => amount !== 0));
    },
    /** How many jobs of this key wait in the queue. */
    jobs: async (key: string): Promise<number> => {
      const client = new pg.Client(database.connection);
      await client.connect();
      const { rows } = await client.query('select 1 from graphile_worker._private_jobs where key = $1', [
        key,
      ]);
      await client.end();
      return rows.length;
    },
    /** Mails in the outbox, by their keys. */
    mails: async (about: string): Promise<string[]> => {
      const rows = await within((tx) =>
        tx.selectFrom('mail').select('key').where('key', 'like', `%${about}%`).execute(),
      );
      return rows.map(({ key }) => key);
    },
  };
  return till;
}
export type OpenTill = Awaited<ReturnType<typeof openTill>>;
