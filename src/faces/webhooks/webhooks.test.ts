import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { type Signed, signed, signText } from '../../../tests/ground/stripe/events.ts';
import { openTill } from '../../../tests/ground/stripe/till.ts';
import { lookAtOrder } from '../paying/look-again.ts';

const till = await openTill();
const { server, events, filmId, house, within } = till;

async function paid(quantity = 1) {
  const show = await till.screening(10);
  const order = await till.hold(show, quantity);
  await till.startPaying(order.id);
  events.length = 0;
  const session = server.pay(server.session(order.id));
  const [event] = events.splice(0);
  if (!event || !session.intent) throw new Error('nothing happened');
  return { show, order, session, event, intent: session.intent };
}

const isPaid = async (orderId: string) => (await till.order(orderId)).confirmedAt !== null;
const statusOf = async (event: Signed) => (await till.deliver(event)).status;

describe('an event of the provider', () => {
  it('C5 is taken when it is the first that ever came', async () => {
    expect(await within((tx) => tx.selectFrom('providerEvent').select('eventId').execute())).toEqual([]);
    const { order, event } = await paid();
    expect(await statusOf(event)).toBe(200);
    expect(await isPaid(order.id)).toBe(true);
  });

  it('is taken under the film’s own host and below its path, without a cookie', async () => {
    const { order, event } = await paid();
    const answer = await till.ask('/webhooks/stripe', {
      method: 'POST',
      form: event.body,
      headers: { 'stripe-signature': event.signature, 'sec-fetch-site': 'none' },
    });
    // The front film answers there; this installation's is another or none.
    expect([200, 404]).toContain(answer.status);
    expect(await statusOf(event)).toBe(200);
    expect(await isPaid(order.id)).toBe(true);
  });

  it('C4 has its effect once, though it comes again days later and to a process that knows nothing', async () => {
    const { order, event } = await paid();
    expect(await statusOf(event)).toBe(200);
    const groups = await till.groups(order.id);
    till.later({ hours: 72 });
    const again = signText(server, event.id, event.kind, event.body);
    expect(await (await till.deliver(again)).json()).toEqual({ received: 'known' });
    expect(await till.groups(order.id)).toEqual(groups);
  });

  it('may come in any order, doubled, and in part not at all', async () => {
    const show = await till.screening(10);
    const order = await till.hold(show);
    await till.startPaying(order.id);
    events.length = 0;
    const session = server.session(order.id);
    server.pay(session);
    const stale = signed(server, 'checkout.session.expired', session);
    const mixed = [stale, ...events.splice(0).reverse(), stale];
    for (const event of mixed) expect(await statusOf(event)).toBe(200);
    expect((await till.order(order.id)).tickets).toHaveLength(1);
    const [charge] = await till.charges(order.id);
    expect(charge).toMatchObject({ goneAt: null, fulfils: true, fee: 74 });
  });

  it.each(['older', 'newer'] as const)(
    'C8 is understood in a version that is %s than ours',
    async (version) => {
      const { order, session, event } = await paid();
      const other = signed(server, event.kind, session, version);
      expect(await statusOf(other)).toBe(200);
      expect(await isPaid(order.id)).toBe(true);
    },
  );

  it('C8 of a kind that nobody knows, or in a shape that nobody reads, is received and changes nothing', async () => {
    const { order, intent } = await paid();
    const before = await till.books();
    for (const kind of ['invoice.paid', 'something.quite.new', 'v3.core.thing.made'])
      expect(await statusOf(signed(server, kind, intent))).toBe(200);
    for (const body of ['{}', '[]', 'null', '"words"', '{"id":"evt_1","type":7}', 'no json at all'])
      expect(await statusOf(signText(server, 'evt_x', 'x', body))).toBe(200);
    expect(await till.books()).toEqual(before);
    expect(await isPaid(order.id)).toBe(false);
  });
});

describe('somebody other than the provider', () => {
  it('C18 S12 says nothing that is believed: unsigned, signed by another, edited, stale', async () => {
    const { order, event } = await paid();
    const other = { secret: 'whsec_of_somebody_else' };
    const stale = { timestamp: server.nowSeconds() - 301 };
    const wrong: Pick<Signed, 'body' | 'signature'>[] = [
      { body: event.body, signature: '' },
      { body: event.body, signature: 't=1,v1=abc' },
      { body: event.body, signature: 'x'.repeat(5_000) },
      signText(server, event.id, event.kind, event.body, other),
      signText(server, event.id, event.kind, event.body, stale),
      { body: event.body.replace('checkout', 'checkouT'), signature: event.signature },
      { body: `${event.body} `, signature: event.signature },
    ];
    for (const each of wrong) expect((await till.deliver(each)).status).toBe(400);
    expect(await isPaid(order.id)).toBe(false);
    expect(await statusOf(event)).toBe(200);
  });

  it('C18 S12 cannot name another order, amount or currency: what the provider answers is compared with ours', async () => {
    for (const wrong of [{ amount: 1 }, { currency: 'jpy' }, { reference: 'another-order' }]) {
      const { order, session, event } = await paid();
      Object.assign(session, wrong);
      expect(await statusOf(event)).toBe(200);
      expect(await isPaid(order.id)).toBe(false);
      const [charge] = await till.charges(order.id);
      expect(charge?.problem).toBe(
        { amount: 'amount', currency: 'currency', reference: 'order' }[Object.keys(wrong)[0] ?? ''],
      );
      expect(await till.groups(order.id)).toEqual([]);
    }
  });

  it('C18 cannot say it from another page of the web: no cookie, no form, no other site', async () => {
    const { event } = await paid();
    const answer = await till.ask('/films/union/webhooks/stripe', {
      method: 'POST',
      form: event.body,
      headers: { 'stripe-signature': event.signature, 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.status).toBe(403);
  });

  it('has no effect in another film, whose account it is not', async () => {
    const { order, event } = await paid();
    const answer = await till.ask('/films/elsewhere/webhooks/stripe', {
      method: 'POST',
      form: event.body,
      headers: { 'stripe-signature': event.signature },
    });
    expect(answer.status).toBe(404);
    expect(await isPaid(order.id)).toBe(false);
  });
});

describe('what is received', () => {
  it.each(['provider_event', 'charge', '"order"', 'ticket', 'ledger_group', 'ledger_entry'])(
    'C3 is on disk first: whoever dies while writing to %s has received nothing, and what comes again is taken',
    async (table) => {
      const { order, event } = await paid();
      // The session of the database dies at this very write, as in a power cut.
      await asOwner(`
        create or replace function die() returns trigger language plpgsql security definer as
          $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
        create trigger dies before insert or update on ${table} for each row execute function die()`);
      expect(await statusOf(event)).toBeGreaterThanOrEqual(500);
      await asOwner(`drop trigger dies on ${table}`);
      expect(await isPaid(order.id)).toBe(false);
      expect(await till.groups(order.id)).toEqual([]);
      expect(await statusOf(event)).toBe(200);
      expect(await isPaid(order.id)).toBe(true);
      expect((await till.groups(order.id)).map(({ kind }) => kind).sort()).toEqual(['fee', 'order']);
    },
  );

  it('is asked for again while the provider itself cannot be asked', async () => {
    const { order, event } = await paid();
    server.failNext('/v1/checkout/sessions/', { kind: 'status', status: 503 }, 3);
    expect(await statusOf(event)).toBe(503);
    expect(await statusOf(event)).toBe(200);
    expect(await isPaid(order.id)).toBe(true);
  });

  it('C17 is not needed: with every event lost, everything is fulfilled, and the fee is learned', async () => {
    server.knowsFees = false;
    const all = [await paid(), await paid(2), await paid()];
    events.length = 0;
    till.later({ minutes: 3 });
    await till.reconcile();
    for (const { order } of all) expect(await isPaid(order.id)).toBe(true);
    server.knowsFees = true;
    for (const { intent } of all) intent.fee = 74;
    till.later({ minutes: 5 });
    await till.reconcile();
    for (const { order } of all) {
      const [charge] = await till.charges(order.id);
      expect(charge?.fee).toBe(74);
    }
  });

  it('C17 ends the page of an order whose time is over, so that nobody pays for what is gone', async () => {
    const show = await till.screening(1);
    const order = await till.hold(show);
    await till.startPaying(order.id);
    const session = server.session(order.id);
    session.expiresAt += 86_400;
    till.later({ minutes: 40 });
    await till.reconcile();
    expect(session.status).toBe('expired');
    const [charge] = await till.charges(order.id);
    expect(charge?.goneAt).not.toBeNull();
  });

  it('C21 is reconciled once where two processes do it at the same moment', async () => {
    const { order } = await paid();
    till.later({ minutes: 3 });
    await Promise.all([till.reconcile(), till.reconcile(), lookAtOrder(house, filmId, order.id)]);
    expect((await till.groups(order.id)).map(({ kind }) => kind).sort()).toEqual(['fee', 'order']);
    expect((await till.order(order.id)).tickets).toHaveLength(1);
  });
});

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client(house.database.connection);
  await client.connect();
  await client.query(statement);
  await client.end();
}
