import {
  availabilityOf,
  keepPage,
  type RefundAsk,
  refundTickets,
} from '../../../src/domain/boxoffice/index.ts';
import { lookAtOrder } from '../../../src/faces/paying/look-again.ts';
import { newId } from '../../../src/platform/secrets.ts';
import { byTest, openTill } from './till.ts';

/** A film with orders that were paid by card, and what a test asks of their refunds. */
export async function openRefunds() {
  const till = await openTill();
  const { server, events, filmId, house, within } = till;
  async function bought(
    quantity = 2,
    gift = 0,
    show = null as Awaited<ReturnType<typeof till.screening>> | null,
    code = '',
  ) {
    const at = show ?? (await till.screening(10));
    const held = await till.hold(at, quantity, gift, code);
    await till.startPaying(held.id);
    const session = server.pay(server.session(held.id));
    await lookAtOrder(house, filmId, held.id);
    events.length = 0;
    const { intent } = session;
    if (!intent) throw new Error('not paid');
    const order = await till.order(held.id);
    return { show: at, order, id: order.id, tickets: order.tickets.map(({ id }) => id), intent };
  }

  const giveBack = (orderId: string, ticketIds: readonly string[], more: Partial<RefundAsk> = {}) =>
    within((tx) =>
      refundTickets(tx, filmId, till.clock(), byTest, {
        ...{ orderId, ticketIds, withGift: false, as: 'team' as const },
        ...more,
      }),
    );
  const freeAt = async (id: string) =>
    (await within((tx) => availabilityOf(tx, filmId, id, till.clock())))?.free;
  const states = async (orderId: string) => (await till.refunds(orderId)).map(({ state }) => state);
  const refundGroups = async (orderId: string) =>
    (await till.groups(orderId)).filter(({ kind }) => kind === 'refund' || kind === 'reversal');
  const good = async (orderId: string) =>
    (await till.order(orderId)).tickets.filter(({ cancelledAt }) => cancelledAt === null).length;

  /** Pays an order once more, as if a page of before had been paid in another window. */
  async function secondPayment(orderId: string): Promise<void> {
    const [charge] = await till.charges(orderId);
    const id = newId();
    await within((tx) =>
      tx
        .insertInto('charge')
        .values({
          ...{ filmId, id, orderId, provider: 'stripe', accountId: charge?.accountId ?? null },
          ...{ method: 'stripe', amount: 1500, currency: 'USD', startedAt: till.clock() },
        })
        .execute(),
    );
    const session = server.openSession({ reference: orderId, chargeId: id, amount: 1500, currency: 'usd' });

    await within((tx) => keepPage(tx, filmId, id, { ref: session.id, url: server.url }));
    server.nextRefunds.push('pending');
    server.pay(session);
    await lookAtOrder(house, filmId, orderId);
    await till.work();
  }

  return { ...till, bought, giveBack, freeAt, states, refundGroups, good, secondPayment };
}
