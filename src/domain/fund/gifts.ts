import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { amountMax, isCurrency, post } from '../ledger/index.ts';
import { fundChanged, lockFund, openFunds } from './open-fund.ts';

/** A gift that came with an order. Minor units. */
export type OrderGift = {
  readonly orderId: string;
  readonly currency: string;
  readonly amount: number;
  /** Where the giver hears that it was used; null: they left none. */
  readonly address: string | null;
  readonly language: string;
};

/**
 * Gifts that came with orders: from now on they pay grants. The books know them by the orders' own groups. An order's
 * gift comes once.
 */
export async function addGifts(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  gifts: readonly OrderGift[],
): Promise<void> {
  if (gifts.length === 0) return;
  await openFunds(
    tx,
    filmId,
    now,
    gifts.map(({ currency }) => currency),
  );
  await tx
    .insertInto('gift')
    .values(gifts.map((gift) => ({ filmId, id: newId(), ...gift, givenAt: now })))
    .onConflict((conflict) => conflict.columns(['filmId', 'orderId']).doNothing())
    .execute();
  await fundChanged(tx, filmId, now);
}

/** What was moved between the makers' bank account and the fund. */
export type FundMove = {
  /** Made when the form was shown, so that a double click is one move. */
  readonly key: string;
  readonly currency: string;
  readonly amount: number;
  readonly bookedOn: Temporal.PlainDate;
  readonly memo: string;
};

/**
 * Puts money of the makers' own into the fund: from the bank account, in the books, and free for grants.
 * @throws {Refusal} no_amount · no_currency · day_closed · key_reused
 */
export async function putIntoFund(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { key, currency, amount, bookedOn, memo }: FundMove,
): Promise<void> {
  refuseAmount(amount, currency);
  const { groupId, isRepeat } = await post(tx, filmId, now, by, {
    ...{ key: `fund-in:${key}`, kind: 'gift', memo, bookedOn },
    lines: [
      { account: 'bank', amount, currency },
      { account: 'fund', amount: -amount, currency },
    ],
  });
  if (isRepeat) return;
  await openFunds(tx, filmId, now, [currency]);
  const gift = { id: groupId, currency, amount, orderId: null, address: null, language: 'en' };
  await tx
    .insertInto('gift')
    .values({ filmId, ...gift, givenAt: now })
    .execute();
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'fund.put_in', subject: memo, details: { amount, currency } },
  });
  await fundChanged(tx, filmId, now);
}

/**
 * Takes money of the makers' own out again, as far as no grant was paid from it, the last put in first.
 * @throws {Refusal} no_amount · no_currency · fund_spent (with `left`) · day_closed · key_reused
 */
export async function takeOutOfFund(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { key, currency, amount, bookedOn, memo }: FundMove,
): Promise<void> {
  refuseAmount(amount, currency);
  await lockFund(tx, filmId, now, [currency]);
  const { isRepeat } = await post(tx, filmId, now, by, {
    ...{ key: `fund-out:${key}`, kind: 'gift-back', memo, bookedOn },
    lines: [
      { account: 'fund', amount, currency },
      { account: 'bank', amount: -amount, currency },
    ],
  });
  if (isRepeat) return;
  const own = await tx
    .selectFrom('gift')
    .select(['id', 'amount', 'spent', 'takenBack'])
    .where('filmId', '=', filmId)
    .where('currency', '=', currency)
    .where('orderId', 'is', null)
    .where((it) => it(it('spent', '+', it.ref('takenBack')), '<', it.ref('amount')))
    .orderBy('givenAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const left = own.reduce((sum, gift) => sum + leftOf(gift), 0);
  if (left < amount) throw new Refusal('fund_spent', { left });
  let missing = amount;
  for (const gift of own) {
    const part = Math.min(missing, leftOf(gift));
    if (part > 0) await takeFrom(tx, filmId, gift.id, gift.takenBack + part);
    missing -= part;
  }
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'fund.take_out', subject: memo, details: { amount, currency } },
  });
  await fundChanged(tx, filmId, now);
}

/**
 * Takes an order's gift back, or a part of it, because its buyer gets it refunded. The group in the books is the
 * refund's. What has paid for somebody's place is not taken back.
 * @throws {Refusal} no_gift · gift_spent, with `left`, where less of it is left
 */
export async function takeBackGift(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { orderId, amount }: { readonly orderId: string; readonly amount: number },
): Promise<void> {
  const of = tx.selectFrom('gift').where('filmId', '=', filmId).where('orderId', '=', orderId);
  const known = await of.select('currency').executeTakeFirst();
  if (!known) throw new Refusal('no_gift');
  await lockFund(tx, filmId, now, [known.currency]);
  const gift = await of.select(['id', 'amount', 'spent', 'takenBack']).executeTakeFirstOrThrow();
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > leftOf(gift))
    throw new Refusal('gift_spent', { left: leftOf(gift) });
  await takeFrom(tx, filmId, gift.id, gift.takenBack + amount);
  await fundChanged(tx, filmId, now);
}

/** A gift that was to be taken back stays after all: what was taken of it pays grants again. */
export async function returnGift(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { orderId, amount }: { readonly orderId: string; readonly amount: number },
): Promise<void> {
  const gift = await tx
    .selectFrom('gift')
    .select(['id', 'currency'])
    .where('filmId', '=', filmId)
    .where('orderId', '=', orderId)
    .executeTakeFirst();
  if (!gift) return;
  await lockFund(tx, filmId, now, [gift.currency]);
  await tx
    .updateTable('gift')
    .set((it) => ({ takenBack: it('takenBack', '-', amount) }))
    .where('filmId', '=', filmId)
    .where('id', '=', gift.id)
    .execute();
  await fundChanged(tx, filmId, now);
}

/** What of an order's gift nobody's place was paid from, and could be given back; nothing where it had none. */
export async function giftLeft(tx: Tx, filmId: string, orderId: string): Promise<number> {
  const gift = await tx
    .selectFrom('gift')
    .select(['amount', 'spent', 'takenBack'])
    .where('filmId', '=', filmId)
    .where('orderId', '=', orderId)
    .executeTakeFirst();
  return gift ? leftOf(gift) : 0;
}

const leftOf = (gift: { amount: number; spent: number; takenBack: number }): number =>
  gift.amount - gift.spent - gift.takenBack;

async function takeFrom(tx: Tx, filmId: string, id: string, takenBack: number): Promise<void> {
  await tx.updateTable('gift').set({ takenBack }).where('filmId', '=', filmId).where('id', '=', id).execute();
}

function refuseAmount(amount: number, currency: string): void {
  if (!isCurrency(currency)) throw new Refusal('no_currency', { currency });
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > amountMax) throw new Refusal('no_amount');
}
